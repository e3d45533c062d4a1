using Monolith.Kernel.Settings;

namespace Monolith.Api.Http.Limits;

/// <summary>Configuration sections <c>RateLimits</c> and <c>Limits</c>. Zero or less switches a limit off.</summary>
/// <param name="ApiPerMinute">Requests a minute.</param>
/// <param name="LoginPerMinute">Tries of passwords a minute.</param>
/// <param name="Connections">Connections at once.</param>
/// <param name="ConnectionsPerAddress">Connections at once from one address.</param>
/// <param name="StreamsPerCaller">Streams at once.</param>
internal sealed record LimitSettings(int ApiPerMinute, int LoginPerMinute, int Connections, int ConnectionsPerAddress, int StreamsPerCaller)
{
    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static LimitSettings Read(IConfiguration configuration) => new(
        Setting.Number(configuration, "RateLimits:ApiPerMinute", 512),
        Setting.Number(configuration, "RateLimits:LoginPerMinute", 60),
        Setting.Number(configuration, "Limits:Connections", 10_000),
        Setting.Number(configuration, "Limits:ConnectionsPerAddress", 1_000),
        Setting.Number(configuration, "Limits:StreamsPerCaller", 32));
}
