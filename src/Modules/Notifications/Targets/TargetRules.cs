using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Targets;

/// <summary>The rules for the fields of a target. Null passes.</summary>
internal static class TargetRules
{
    private const int LongestName = 64;
    private const int LongestUrl = 2048;
    private const int MostRecipients = 20;

    public static Error NameTaken { get; } = Error.Conflict("A target with this name already exists.", "name", "Taken.");

    public static IRuleBuilderOptions<T, string?> TargetName<T>(this IRuleBuilder<T, string?> rule) => rule
        .Must(name => name is null || (DisplayText.Length(name) is >= 1 and <= LongestName && name.Trim() == name))
        .WithMessage($"Must be 1 to {LongestName} characters, without blanks at either end.")
        .PlainText();

    /// <summary>The form of the address first, then where it leads: a name is looked up here, before the transaction.</summary>
    public static void TargetUrl<T>(this IRuleBuilder<T, string?> rule, TargetGuard guard) => rule.CustomAsync(async (text, context, cancellationToken) =>
    {
        if (text is null)
            return;
        if (Read(text) is not { } url)
            context.AddFailure("url", $"Must be an http or https address of at most {LongestUrl} characters, without a user and without a fragment.");
        else if (await guard.ComplaintAsync(url, cancellationToken) is { } complaint)
            context.AddFailure("url", complaint);
    });

    public static IRuleBuilderOptions<T, IReadOnlyList<string?>?> Recipients<T>(this IRuleBuilder<T, IReadOnlyList<string?>?> rule) => rule
        .Must(list => list is null || (list.Count is >= 1 and <= MostRecipients && list.All(MailAddress.IsPlain) && list.Distinct(StringComparer.OrdinalIgnoreCase).Count() == list.Count))
        .WithMessage($"Must be 1 to {MostRecipients} different e-mail addresses.");

    public static IRuleBuilderOptions<T, IReadOnlyList<string?>?> RuleNames<T>(this IRuleBuilder<T, IReadOnlyList<string?>?> rule) => rule
        .Must(list => list is null || (list.All(name => RuleName.All.Contains(name)) && list.Distinct().Count() == list.Count))
        .WithMessage($"Must be different names of {string.Join(", ", RuleName.All)}; none for all of them.");

    /// <summary>As they are stored: in the order of lists, and none for all there are.</summary>
    public static string[] Stored(IReadOnlyList<string?> names) => names.Count == RuleName.All.Count ? [] : [.. RuleName.All.Where(names.Contains)];

    /// <summary>Fields of another kind of target, and a kind that cannot be served; null when there are none.</summary>
    public static Error? Misfit(string kind, string? url, IReadOnlyList<string?>? recipients) => (kind, url, recipients) switch
    {
        (TargetKind.Webhook, _, not null) => Error.Invalid("recipients", "A webhook has none."),
        (TargetKind.Email, not null, _) => Error.Invalid("url", "An e-mail target has none."),
        _ => null,
    };

    private static Uri? Read(string text) =>
        text.Length <= LongestUrl && Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
        && url is { UserInfo.Length: 0, Fragment.Length: 0, IdnHost.Length: > 0 } && !text.Any(char.IsControl)
            ? url
            : null;
}

/// <summary>A target as the audit log keeps it. Of an address it keeps where it leads and no more, because paths and queries of receivers are secrets, too.</summary>
internal sealed record TargetAudit(string Name, string Kind, bool Enabled, string? Origin, IReadOnlyList<string> Recipients, IReadOnlyList<string> Rules, AuditSecret? Url = null, AuditSecret? Secret = null)
{
    public const string Type = "notification_target";

    public static TargetAudit From(TargetRow row) => new(row.Name, row.Kind, row.Enabled, row.Url is null ? null : new Uri(row.Url).GetLeftPart(UriPartial.Authority), row.Recipients, row.Rules);
}
