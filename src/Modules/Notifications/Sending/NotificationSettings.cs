using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Notifications.Sending;

/// <summary>The settings below <c>Notifications</c>.</summary>
internal sealed class NotificationSettings(IConfiguration configuration)
{
    private const int MostDays = 3_650;

    private static readonly DeclaredSetting<bool> PrivateSetting = DeclaredSetting.Switch(
        "Notifications:AllowPrivateTargets", "webhooks may go to private, local and reserved addresses");

    private static readonly DeclaredSetting<TimeSpan> IntervalSetting = DeclaredSetting.Lifetime(
        "Notifications:Interval", TimeSpan.FromMinutes(1), "the pause between two looks at what the rules are about");

    private static readonly DeclaredSetting<TimeSpan> TimeoutSetting = DeclaredSetting.Lifetime("Notifications:Timeout", TimeSpan.FromSeconds(15), "how long a receiver may take");

    private static readonly DeclaredSetting<TimeSpan> RetentionSetting = new(
        "Notifications:Retention", "30", "days that deliveries are kept once they have ended: [notifications](notifications.md)", Days);

    /// <summary>All of the section.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [.. SmtpSettings.Declared, PrivateSetting, IntervalSetting, TimeoutSetting, RetentionSetting];

    /// <summary>Webhooks may go to private, local and reserved addresses.</summary>
    public bool AllowPrivateTargets { get; } = PrivateSetting.Read(configuration);

    /// <summary>The pause between two looks at what the rules are about.</summary>
    public TimeSpan Interval { get; } = IntervalSetting.Read(configuration);

    /// <summary>How long a receiver may take.</summary>
    public TimeSpan Timeout { get; } = TimeoutSetting.Read(configuration);

    /// <summary>How long deliveries are kept once they have ended.</summary>
    public TimeSpan Kept { get; } = RetentionSetting.Read(configuration);

    /// <summary>Null: no mail is sent.</summary>
    public SmtpSettings? Smtp { get; } = SmtpSettings.Read(configuration);

    private static TimeSpan Days(IConfiguration configuration, string key) => Setting.Number(configuration, key, 30) switch
    {
        > 0 and <= MostDays and var days => TimeSpan.FromDays(days),
        var days => throw new SettingException(key, $"\"{days}\" is no number of days from 1 to {MostDays}."),
    };
}
