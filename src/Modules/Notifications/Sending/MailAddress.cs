using MimeKit;

namespace Monolith.Notifications.Sending;

/// <summary>Reads e-mail addresses.</summary>
internal static class MailAddress
{
    private const int Longest = 254;

    /// <summary>With or without a name; null when it is no address of one mailbox.</summary>
    public static MailboxAddress? Read(string? text) =>
        text is { Length: > 0 } && !text.Any(char.IsControl) && MailboxAddress.TryParse(text, out var mailbox) && mailbox.Address.Contains('@', StringComparison.Ordinal) ? mailbox : null;

    /// <summary>An address alone, as a recipient is written.</summary>
    public static bool IsPlain(string? text) => text is { Length: <= Longest } && Read(text) is { } mailbox && mailbox.Address == text;
}
