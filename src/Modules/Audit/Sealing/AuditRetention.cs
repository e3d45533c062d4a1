using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.Audit.Sealing;

/// <summary>How long rows are kept: <c>Audit:Retention</c>, in days. 0 is for ever.</summary>
internal sealed class AuditRetention(IConfiguration configuration)
{
    private const string Key = "Audit:Retention";
    private const int MostDays = 36_500;

    /// <summary>Null keeps everything.</summary>
    public TimeSpan? Kept { get; } = Setting.Number(configuration, Key, 0) switch
    {
        0 => null,
        > 0 and <= MostDays and var days => TimeSpan.FromDays(days),
        var days => throw new SettingException(Key, $"\"{days}\" is no number of days. Write 0 to keep everything, or 1 to {MostDays}."),
    };
}
