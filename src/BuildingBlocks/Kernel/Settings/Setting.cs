using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Monolith.Kernel.Settings;

/// <summary>Reads single settings. What is absent or empty is the fallback; what cannot be read throws <see cref="SettingException"/>. Read them while services are registered.</summary>
public static partial class Setting
{
    // More than anybody means, and no moment before the first year.
    private static readonly TimeSpan LongestKept = TimeSpan.FromDays(36_500);

    /// <summary>A whole number; zero and less have a meaning of their own, mostly <c>off</c>.</summary>
    public static int Number(IConfiguration configuration, string key, int fallback)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        return int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number)
            ? number
            : throw new SettingException(key, $"\"{text}\" is no whole number. Write digits alone, such as {fallback}.");
    }

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static bool Switch(IConfiguration configuration, string key, bool fallback = false)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        return bool.TryParse(text, out var isOn) ? isOn : throw new SettingException(key, $"\"{text}\" is neither true nor false.");
    }

    /// <summary>A life: a whole number with its unit (<see cref="ParseDuration"/>), or days and time as <c>1.12:00:00</c>. A number alone is refused. It is longer than zero.</summary>
    public static TimeSpan Lifetime(IConfiguration configuration, string key, TimeSpan fallback)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        var life = ParseDuration(text.Trim()) ?? (text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var time) ? time : null);
        return life > TimeSpan.Zero
            ? life.Value
            : throw new SettingException(key, NoUnit(text) ?? $"\"{text}\" is no lifetime. Write a whole number with its unit, such as 30m, 12h or 7d, or days and time, such as 1.12:00:00.");
    }

    /// <summary>How long something is kept: a whole number with its unit, at least an hour. Null, and 0, keep it for ever.</summary>
    public static TimeSpan? Keep(IConfiguration configuration, string key, TimeSpan? fallback)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return fallback;
        var time = ParseDuration(text.Trim()) ?? throw new SettingException(key, NoUnit(text) ?? $"\"{text}\" is no duration. Write a whole number with its unit, such as 12h or 90d, or 0 to keep it for ever.");
        return time == TimeSpan.Zero ? null
            : time >= TimeSpan.FromHours(1) && time <= LongestKept ? time
            : throw new SettingException(key, $"\"{text}\" is out of range. Write 1h to {LongestKept.Days}d, or 0 to keep it for ever.");
    }

    /// <summary>The complaint about a number that has no unit: seconds for one reader are days for another. Null for everything else.</summary>
    public static string? NoUnit(string text) => text.Trim() is { Length: > 0 } digits && digits != "0" && digits.All(char.IsAsciiDigit)
        ? $"\"{digits}\" has no unit. Write {digits}s, {digits}m, {digits}h or {digits}d."
        : null;

    /// <summary>A duration as <see cref="ParseDuration"/> reads it, in the largest unit that fits.</summary>
    public static string Write(TimeSpan time) => string.Create(CultureInfo.InvariantCulture, $"{time switch
    {
        { Ticks: 0 } => "0",
        _ when time.Ticks % TimeSpan.TicksPerDay == 0 => $"{time.TotalDays}d",
        _ when time.Ticks % TimeSpan.TicksPerHour == 0 => $"{time.TotalHours}h",
        _ when time.Ticks % TimeSpan.TicksPerMinute == 0 => $"{time.TotalMinutes}m",
        _ when time.Ticks % TimeSpan.TicksPerSecond == 0 => $"{time.TotalSeconds}s",
        _ => $"{time.TotalMilliseconds}ms",
    }}");

    /// <summary><c>500ms</c>, <c>30s</c>, <c>5m</c>, <c>2h</c> or <c>1d</c>; <c>0</c> needs no unit. Null for everything else.</summary>
    public static TimeSpan? ParseDuration(string text)
    {
        if (text == "0")
            return TimeSpan.Zero;
        var match = Duration().Match(text);
        if (!match.Success)
            return null;
        var number = int.Parse(match.Groups[1].ValueSpan, CultureInfo.InvariantCulture);
        return match.Groups[2].Value switch
        {
            "ms" => TimeSpan.FromMilliseconds(number),
            "s" => TimeSpan.FromSeconds(number),
            "m" => TimeSpan.FromMinutes(number),
            "h" => number / 24 < TimeSpan.MaxValue.Days ? TimeSpan.FromHours(number) : null,
            _ => number <= TimeSpan.MaxValue.Days ? TimeSpan.FromDays(number) : null,
        };
    }

    [GeneratedRegex("^([0-9]{1,9})(ms|s|m|h|d)$")]
    private static partial Regex Duration();
}
