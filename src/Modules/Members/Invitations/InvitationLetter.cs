using System.Globalization;
using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;
using Monolith.Members.Contracts;
using Monolith.Members.Sessions;

namespace Monolith.Members.Invitations;

/// <summary>How long an invitation is good: <c>Users:InvitationLifetime</c>.</summary>
internal sealed class InvitationSettings(IConfiguration configuration)
{
    private static readonly DeclaredSetting<TimeSpan> LifetimeSetting = DeclaredSetting.Lifetime(
        "Users:InvitationLifetime", TimeSpan.FromDays(7), "how long a link is good by which an invited user chooses a password");

    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [LifetimeSetting];

    public TimeSpan Lifetime { get; } = LifetimeSetting.Read(configuration);
}

/// <summary>Writes and sends the mail with the link. Scoped.</summary>
internal sealed class InvitationLetter(IAccountMail mail, PasswordCheck passwords, InvitationSettings settings)
{
    private static readonly Error NoMail = Error.BadRequest("Invitations need a mail server.", "The setting is Notifications__Smtp__Host.");

    public TimeSpan Lifetime => settings.Lifetime;

    /// <summary>Why nobody can be invited now; null when somebody can.</summary>
    public Error? Refuse() => passwords.IsDisabled ? PasswordCheck.Disabled : mail.IsAvailable ? null : NoMail;

    /// <param name="user">To whom.</param>
    /// <param name="address">Their e-mail address.</param>
    /// <param name="token">What the link carries.</param>
    /// <param name="expiresAt">Until when it is good.</param>
    /// <param name="site">Where the deployment is, as the caller used it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public Task SendAsync(UserInfo user, string address, ApiKeyToken token, DateTimeOffset expiresAt, string site, CancellationToken cancellationToken)
    {
        var text = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            You have an account here with the username {user.Username}. Choose a password for it:

            {site}{InvitationPath.Of(token)}

            The link works once, until {expiresAt.UtcDateTime:yyyy-MM-dd HH:mm} UTC. If you did not expect it, do nothing.
            """);
        return mail.StoreAsync(address, "Choose a password for your account", text, cancellationToken);
    }
}

/// <summary>The page that the link leads to.</summary>
internal static class InvitationPath
{
    public static string Of(ApiKeyToken token) => $"/invitation?token={token}";
}
