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

    private const string Key = "Users:DormantAfter";
    private const int MostDays = 3650;

    /// <summary>Whole days; <see cref="DefaultDays"/> when it is off.</summary>
    public int Days => (int)(After ?? TimeSpan.FromDays(DefaultDays)).TotalDays;

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static DormancySettings Read(IConfiguration configuration)
    {
        var text = configuration[Key]?.Trim() ?? "";
        var after = text.Length == 0 ? TimeSpan.FromDays(DefaultDays)
            : text.All(char.IsAsciiDigit) ? Setting.ParseDuration($"{text}d")
            : Setting.ParseDuration(text);

        // Somebody who is here all day is written down as seen once an hour.
        if (after is null || (after != TimeSpan.Zero && (after < TimeSpan.FromDays(1) || after > TimeSpan.FromDays(MostDays))))
            throw new SettingException(Key, $"\"{text}\" is no time from 1 to {MostDays} days. Write days, such as 90 or 90d, or 0: nobody becomes dormant by time.");
        return new(after == TimeSpan.Zero ? null : after, Setting.Switch(configuration, "Users:DormantServiceAccounts"));
    }
}
