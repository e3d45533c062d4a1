using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Members.Dormancy;

/// <summary>Configuration section <c>Users</c>, so far as it is about dormancy (contract 7.1).</summary>
/// <param name="After">How long somebody must be away; null when nobody becomes dormant by time.</param>
/// <param name="IncludesServiceAccounts">Service accounts, too.</param>
internal sealed record DormancySettings(TimeSpan? After, bool IncludesServiceAccounts)
{
    /// <summary>What questions are about when nobody becomes dormant by time.</summary>
    public const int DefaultDays = 90;

    private const int MostDays = 3650;

    private static readonly DeclaredSetting<TimeSpan?> AfterSetting = new(
        "Users:DormantAfter", "90", "days (`90`, `90d`) without a request and without AI use after which an active user becomes dormant; 0 is off: [seats](seats.md)", ReadAfter);

    private static readonly DeclaredSetting<bool> ServiceSetting = DeclaredSetting.Switch("Users:DormantServiceAccounts", "service accounts become dormant, too");

    /// <summary>All of it.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [AfterSetting, ServiceSetting];

    /// <summary>Whole days; <see cref="DefaultDays"/> when it is off.</summary>
    public int Days => (int)(After ?? TimeSpan.FromDays(DefaultDays)).TotalDays;

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static DormancySettings Read(IConfiguration configuration) => new(AfterSetting.Read(configuration), ServiceSetting.Read(configuration));

    private static TimeSpan? ReadAfter(IConfiguration configuration, string key)
    {
        var text = configuration[key]?.Trim() ?? "";
        var after = text.Length == 0 ? TimeSpan.FromDays(DefaultDays)
            : text.All(char.IsAsciiDigit) ? Setting.ParseDuration($"{text}d")
            : Setting.ParseDuration(text);

        // Somebody who is here all day is written down as seen once an hour.
        if (after is null || (after != TimeSpan.Zero && (after < TimeSpan.FromDays(1) || after > TimeSpan.FromDays(MostDays))))
            throw new SettingException(key, $"\"{text}\" is no time from 1 to {MostDays} days. Write days, such as 90 or 90d, or 0: nobody becomes dormant by time.");
        return after == TimeSpan.Zero ? null : after;
    }
}
