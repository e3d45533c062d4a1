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
    private static readonly DeclaredSetting<int> Api = DeclaredSetting.Number(
        "RateLimits:ApiPerMinute", 512, "requests a minute for each path of a signed-in caller, and for each address without a valid token; 0 is off");

    private static readonly DeclaredSetting<int> Login = DeclaredSetting.Number("RateLimits:LoginPerMinute", 60, "tries of passwords a minute for each address and each account; 0 is off");

    private static readonly DeclaredSetting<int> InAll = DeclaredSetting.Number("Limits:Connections", 10_000, "connections at once; 0 is off");

    private static readonly DeclaredSetting<int> OfAddress = DeclaredSetting.Number(
        "Limits:ConnectionsPerAddress", 1_000, "connections at once from one address, named proxies aside; 0 is off");

    private static readonly DeclaredSetting<int> Streams = DeclaredSetting.Number("Limits:StreamsPerCaller", 32, "whole lists and usage streams at once for each caller; 0 is off");

    /// <summary>All of both sections.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [Api, Login, InAll, OfAddress, Streams];

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static LimitSettings Read(IConfiguration configuration) => new(
        Api.Read(configuration),
        Login.Read(configuration),
        InAll.Read(configuration),
        OfAddress.Read(configuration),
        Streams.Read(configuration));
}
