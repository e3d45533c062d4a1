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

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static SessionSettings Read(IConfiguration configuration)
    {
        var standard = new SessionSettings();
        var longest = Setting.Lifetime(configuration, "Sessions:MaxTokenLifetime", standard.MaxTokenLifetime);
        var longestOfOwners = Setting.Lifetime(configuration, "Sessions:MaxOwnerTokenLifetime", longest);
        return new()
        {
            Lifetime = Setting.Lifetime(configuration, "Sessions:Lifetime", standard.Lifetime),
            DisableExpiryRefresh = Setting.Switch(configuration, "Sessions:DisableExpiryRefresh"),
            DisablePasswordAuth = Setting.Switch(configuration, "Sessions:DisablePasswordAuth"),
            MaxTokenLifetime = longest,
            MaxOwnerTokenLifetime = longestOfOwners == longest ? null : longestOfOwners,
        };
    }
}
