using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Members.Sessions;

/// <summary>Configuration section <c>Sessions</c>.</summary>
internal sealed class SessionSettings
{
    /// <summary>The life of a key that <c>POST /users/{user}/keys</c> makes, and of a token whose maker asks for none.</summary>
    public static readonly TimeSpan DefaultTokenLifetime = TimeSpan.FromDays(7);

    /// <summary>The life of a browser session; it begins anew while the session is in use.</summary>
    public TimeSpan Lifetime { get; set; } = TimeSpan.FromDays(1);

    /// <summary>True: a session ends when its first life is over, in use or not.</summary>
    public bool DisableExpiryRefresh { get; set; }

    /// <summary>True: only owners sign in with a password, and no account with a password is created.</summary>
    public bool DisablePasswordAuth { get; set; }

    /// <summary>The longest life of a token; a hundred years when nobody says otherwise.</summary>
    public TimeSpan MaxTokenLifetime { get; set; } = TimeSpan.FromHours(876_600);

    /// <summary>The longest life of a token of an owner; null when they have that of everybody.</summary>
    public TimeSpan? MaxOwnerTokenLifetime { get; set; }

    /// <summary>How long a session that ended is kept; null for ever.</summary>
    public TimeSpan? KeepEnded { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How long a token that expired is kept, and shown to its owner as expired; null for ever.</summary>
    public TimeSpan? KeepExpiredTokens { get; set; }

    private static readonly DeclaredSetting<TimeSpan?> KeepEndedSetting = DeclaredSetting.Keep("Sessions:KeepEnded", TimeSpan.FromDays(7), "how long sessions that ended are kept");

    private static readonly DeclaredSetting<TimeSpan?> KeepTokensSetting = DeclaredSetting.Keep(
        "Sessions:KeepExpiredTokens", null, "how long tokens that expired are kept; their owners see them as expired until then");

    private static readonly DeclaredSetting<TimeSpan> LifetimeSetting = DeclaredSetting.Lifetime(
        "Sessions:Lifetime", TimeSpan.FromDays(1), "the life of a browser session; it begins anew while in use unless that is disabled");

    private static readonly DeclaredSetting<bool> RefreshSetting = DeclaredSetting.Switch(
        "Sessions:DisableExpiryRefresh", "a browser session ends when its first life is over, in use or not");

    private static readonly DeclaredSetting<bool> PasswordSetting = DeclaredSetting.Switch("Sessions:DisablePasswordAuth", "only owners sign in with a password");

    private static readonly DeclaredSetting<TimeSpan> LongestSetting = DeclaredSetting.Lifetime(
        "Sessions:MaxTokenLifetime", TimeSpan.FromHours(876_600), "the longest life of a token", "100 years");

    private static readonly DeclaredSetting<TimeSpan> LongestOfOwnersSetting = DeclaredSetting.Lifetime(
        "Sessions:MaxOwnerTokenLifetime", TimeSpan.MaxValue, "the longest life of a token of an owner (Coder's default is 7 days)", "as `Sessions__MaxTokenLifetime`");

    /// <summary>All of the section.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [LifetimeSetting, RefreshSetting, PasswordSetting, LongestSetting, LongestOfOwnersSetting, KeepEndedSetting, KeepTokensSetting];

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static SessionSettings Read(IConfiguration configuration)
    {
        var (longest, ofOwners) = (LongestSetting.Read(configuration), LongestOfOwnersSetting.Read(configuration));
        return new()
        {
            Lifetime = LifetimeSetting.Read(configuration),
            DisableExpiryRefresh = RefreshSetting.Read(configuration),
            DisablePasswordAuth = PasswordSetting.Read(configuration),
            KeepEnded = KeepEndedSetting.Read(configuration),
            KeepExpiredTokens = KeepTokensSetting.Read(configuration),
            MaxTokenLifetime = longest,
            MaxOwnerTokenLifetime = ofOwners == TimeSpan.MaxValue || ofOwners == longest ? null : ofOwners,
        };
    }
}
