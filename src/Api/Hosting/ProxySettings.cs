using System.Globalization;
using System.Net;
using Microsoft.AspNetCore.HttpOverrides;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>
/// Configuration section <c>Proxy</c>: who may say where a request comes from. Scheme, host, address and path base are taken from the
/// <c>X-Forwarded-*</c> headers of these and of nobody else; loopback is trusted only when it is named.
/// </summary>
internal sealed record ProxySettings(IReadOnlyList<IPAddress> KnownProxies, IReadOnlyList<System.Net.IPNetwork> KnownNetworks, int ForwardLimit, PathString PathBase)
{
    private static readonly DeclaredSetting<IReadOnlyList<IPAddress>> ProxyList = new(
        "Proxy:KnownProxies", "", "addresses whose `X-Forwarded-*` headers count, apart by commas: [proxy](proxy.md)",
        (configuration, key) => [.. List(configuration, key).Select(value => IPAddress.TryParse(value, out var address) ? address : throw Bad(key, "an IP address, such as 10.0.0.7"))]);

    private static readonly DeclaredSetting<IReadOnlyList<System.Net.IPNetwork>> NetworkList = new(
        "Proxy:KnownNetworks", "", "networks whose `X-Forwarded-*` headers count, apart by commas",
        (configuration, key) => [.. List(configuration, key).Select(value => System.Net.IPNetwork.TryParse(value, out var network) ? network : throw Bad(key, "a network, such as 10.0.0.0/8"))]);

    private static readonly DeclaredSetting<int> LimitSetting = new(
        "Proxy:ForwardLimit", "1", "how many proxies stand one behind another", (configuration, key) => Limit(configuration[key]));

    private static readonly DeclaredSetting<PathString> BaseSetting = new(
        "Proxy:PathBase", "", "the path below which the proxy shows this server, such as `/monolith`", (configuration, key) => Base(configuration[key]));

    private static readonly DeclaredSetting<bool> FrameworkSwitch = new(
        "ForwardedHeaders_Enabled", "never", "refused, because it trusts every client; name the proxies instead",
        (configuration, key) => string.Equals(configuration[key], "true", StringComparison.OrdinalIgnoreCase)
            ? throw new SettingException("ASPNETCORE_FORWARDEDHEADERS_ENABLED: this switch trusts every client. Remove it, and name your proxies in Proxy__KnownProxies or Proxy__KnownNetworks.")
            : false) { Name = "ASPNETCORE_FORWARDEDHEADERS_ENABLED" };

    /// <summary>All of the section.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [ProxyList, NetworkList, LimitSetting, BaseSetting, FrameworkSwitch];

    private bool TrustsSomebody => KnownProxies.Count + KnownNetworks.Count > 0;

    /// <summary>Reads the section. A value that cannot be used, and the switch of the framework that trusts everybody, throw <see cref="SettingException"/>.</summary>
    public static ProxySettings Read(IConfiguration configuration)
    {
        FrameworkSwitch.Read(configuration);
        return new(ProxyList.Read(configuration), NetworkList.Read(configuration), LimitSetting.Read(configuration), BaseSetting.Read(configuration));
    }

    /// <summary>True for the address of a proxy that is named.</summary>
    public bool IsKnown(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return KnownProxies.Contains(plain) || KnownNetworks.Any(network => network.Contains(plain));
    }

    public void Use(IApplicationBuilder app)
    {
        if (TrustsSomebody)
            app.UseForwardedHeaders(Options()).Use(TidyBaseAsync);
        if (PathBase.HasValue)
            app.Use(EnterBaseAsync);
    }

    private ForwardedHeadersOptions Options()
    {
        var options = new ForwardedHeadersOptions { ForwardedHeaders = ForwardedHeaders.All, ForwardLimit = ForwardLimit };
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var proxy in KnownProxies)
            options.KnownProxies.Add(proxy);
        foreach (var network in KnownNetworks)
            options.KnownIPNetworks.Add(network);
        return options;
    }

    // Links begin with the base: one that ends with a slash would double it, and one that begins with two would lead to another host.
    private static Task TidyBaseAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.PathBase.Value!.TrimEnd('/');
        context.Request.PathBase = path is ['/', not ('/' or '\\'), ..] ? new PathString(path) : default;
        return next(context);
    }

    // Proxies send the path with the base or without it; links and redirects need it either way.
    private Task EnterBaseAsync(HttpContext context, RequestDelegate next)
    {
        if (context.Request.Path.StartsWithSegments(PathBase, StringComparison.OrdinalIgnoreCase, out var rest))
            context.Request.Path = rest.HasValue ? rest : "/";
        context.Request.PathBase = PathBase;
        return next(context);
    }

    private static IEnumerable<string> List(IConfiguration configuration, string key)
    {
        var section = configuration.GetSection(key);
        var values = section.Value is { } together ? together.Split(',') : section.GetChildren().Select(child => child.Value ?? "");
        return values.Select(value => value.Trim()).Where(value => value.Length > 0);
    }

    private static int Limit(string? text) => text is null or "" ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit
        : throw Bad("Proxy:ForwardLimit", "a number from 1 on");

    private static PathString Base(string? text)
    {
        var path = text?.TrimEnd('/') ?? "";
        var isSound = path.Length == 0 || (path is ['/', not '/', ..] && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.'));
        return isSound ? new PathString(path) : throw Bad("Proxy:PathBase", "a path, such as /monolith");
    }

    private static SettingException Bad(string key, string wanted) => new(key, $"must be {wanted}.");
}
