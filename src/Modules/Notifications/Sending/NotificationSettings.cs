using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Notifications.Sending;

/// <summary>The settings below <c>Notifications</c>.</summary>
internal sealed class NotificationSettings(IConfiguration configuration)
{
    private const string RetentionKey = "Notifications:Retention";
    private const int MostDays = 3_650;

    /// <summary>Webhooks may go to private, local and reserved addresses.</summary>
    public bool AllowPrivateTargets { get; } = Setting.Switch(configuration, "Notifications:AllowPrivateTargets");

    /// <summary>The pause between two looks at what the rules are about.</summary>
    public TimeSpan Interval { get; } = Setting.Lifetime(configuration, "Notifications:Interval", TimeSpan.FromMinutes(1));

    /// <summary>How long a receiver may take.</summary>
    public TimeSpan Timeout { get; } = Setting.Lifetime(configuration, "Notifications:Timeout", TimeSpan.FromSeconds(15));

    /// <summary>How long deliveries are kept once they have ended.</summary>
    public TimeSpan Kept { get; } = Setting.Number(configuration, RetentionKey, 30) switch
    {
        > 0 and <= MostDays and var days => TimeSpan.FromDays(days),
        var days => throw new SettingException(RetentionKey, $"\"{days}\" is no number of days from 1 to {MostDays}."),
    };

    /// <summary>Null: no mail is sent.</summary>
    public SmtpSettings? Smtp { get; } = SmtpSettings.Read(configuration);
}
