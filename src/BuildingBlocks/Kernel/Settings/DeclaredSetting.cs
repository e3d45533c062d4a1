using System.Globalization;
using Microsoft.Extensions.Configuration;

namespace Monolith.Kernel.Settings;

/// <summary>Declares settings of the usual kinds. What is absent or empty is the standard.</summary>
public static class DeclaredSetting
{
    // The largest number of milliseconds that PostgreSQL and timers take.
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(24);

    /// <summary>A whole number between two bounds.</summary>
    public static DeclaredSetting<int> Number(string key, int standard, string meaning, int least = int.MinValue, int most = int.MaxValue) =>
        new(key, standard.ToString("N0", CultureInfo.InvariantCulture), meaning, (configuration, name) => Setting.Number(configuration, name, standard) is var number && number >= least && number <= most
            ? number
            : throw new SettingException(name, most == int.MaxValue
                ? $"\"{number}\" is too small. Write {least} or more."
                : $"\"{number}\" is out of range. Write {least} to {most}."));

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public static DeclaredSetting<bool> Switch(string key, string meaning, bool standard = false) =>
        new(key, standard ? "true" : "false", meaning, (configuration, name) => Setting.Switch(configuration, name, standard));

    /// <summary>A duration from 0, which is mostly <c>off</c>, to 24 days: a timer, or a limit of PostgreSQL.</summary>
    public static DeclaredSetting<TimeSpan> Timer(string key, TimeSpan standard, string meaning, string? standardText = null) =>
        new(key, standardText ?? Setting.Write(standard), meaning, (configuration, name) => ReadTimer(configuration, name, standard));

    /// <summary>A life longer than zero.</summary>
    public static DeclaredSetting<TimeSpan> Lifetime(string key, TimeSpan standard, string meaning, string? standardText = null) =>
        new(key, standardText ?? Setting.Write(standard), meaning, (configuration, name) => Setting.Lifetime(configuration, name, standard));

    /// <summary>How long something is kept; null, and 0, are for ever.</summary>
    public static DeclaredSetting<TimeSpan?> Keep(string key, TimeSpan? standard, string meaning) =>
        new(key, standard is { } time ? Setting.Write(time) : "0, for ever", meaning, (configuration, name) => Setting.Keep(configuration, name, standard));

    /// <summary>Any text, such as a path.</summary>
    public static DeclaredSetting<string?> Text(string key, string standard, string meaning) =>
        new(key, standard, meaning, (configuration, name) => configuration[name] is { Length: > 0 } text ? text : null);

    private static TimeSpan ReadTimer(IConfiguration configuration, string key, TimeSpan standard)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return standard;
        return Setting.ParseDuration(text.Trim()) is { } value && value <= LongestTimer
            ? value
            : throw new SettingException(key, Setting.NoUnit(text) ?? $"\"{text}\" is no duration from 0 to 24d. Write a whole number with its unit: 500ms, 30s, 5m, 2h or 1d.");
    }
}
