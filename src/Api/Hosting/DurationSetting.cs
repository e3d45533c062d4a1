using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>Durations in the configuration: a whole number with its unit, such as <c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c>, <c>1d</c>; <c>0</c> needs none.</summary>
internal static class DurationSetting
{
    // The largest number of milliseconds that PostgreSQL and timers take.
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    /// <exception cref="SettingException">It is no duration.</exception>
    public static TimeSpan Read(IConfiguration configuration, string key, TimeSpan fallback)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        return Setting.ParseDuration(text.Trim()) is { } value && value <= Longest
            ? value
            : throw new SettingException(key, $"\"{text}\" is no duration from 0 to 24d. Write a whole number with its unit: 500ms, 30s, 5m, 2h or 1d.");
    }
}
