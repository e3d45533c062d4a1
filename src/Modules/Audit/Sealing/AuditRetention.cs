using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Audit.Sealing;

/// <summary>How long rows are kept: <c>Audit:Retention</c>, in days. 0 is for ever.</summary>
internal sealed class AuditRetention(IConfiguration configuration)
{
    private const int MostDays = 36_500;

    private static readonly DeclaredSetting<TimeSpan?> Retention = new(
        "Audit:Retention", "0, for ever", "days that rows of the audit log are kept, as `365` or `365d`: [audit](audit.md)", Read);

    /// <summary>All of the section.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [Retention];

    /// <summary>Null keeps everything.</summary>
    public TimeSpan? Kept { get; } = Retention.Read(configuration);

    private static TimeSpan? Read(IConfiguration configuration, string key)
    {
        if (configuration[key] is not { Length: > 0 } text)
            return null;

        // The contract gives a number of days; with the unit it reads like the other settings.
        var days = text.Trim() is [.. var digits, 'd'] ? digits : text;
        return int.TryParse(days, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var number) && number <= MostDays
            ? number == 0 ? null : TimeSpan.FromDays(number)
            : throw new SettingException(key, $"\"{text}\" is no number of days. Write 0 to keep everything, or 1 to {MostDays}.");
    }
}
