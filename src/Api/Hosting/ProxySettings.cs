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
    private bool TrustsSomebody => KnownProxies.Count + KnownNetworks.Count > 0;

    /// <summary>Reads the section. A value that cannot be used, and the switch of the framework that trusts everybody, throw <see cref="SettingException"/>.</summary>
    public static ProxySettings Read(IConfiguration configuration)
    {
        if (string.Equals(configuration["ForwardedHeaders_Enabled"], "true", StringComparison.OrdinalIgnoreCase))
            throw new SettingException("ASPNETCORE_FORWARDEDHEADERS_ENABLED trusts every client. Remove it, and name your proxies in Proxy__KnownProxies or Proxy__KnownNetworks.");
        return new(
            [.. List(configuration, "KnownProxies").Select(value => IPAddress.TryParse(value, out var address) ? address : throw Bad("KnownProxies", "an IP address, such as 10.0.0.7"))],
            [.. List(configuration, "KnownNetworks").Select(value => System.Net.IPNetwork.TryParse(value, out var network) ? network : throw Bad("KnownNetworks", "a network, such as 10.0.0.0/8"))],
            Limit(configuration["Proxy:ForwardLimit"]),
            Base(configuration["Proxy:PathBase"]));
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

    private static IEnumerable<string> List(IConfiguration configuration, string name)
    {
        var section = configuration.GetSection("Proxy:" + name);
        var values = section.Value is { } together ? together.Split(',') : section.GetChildren().Select(child => child.Value ?? "");
        return values.Select(value => value.Trim()).Where(value => value.Length > 0);
    }

    private static int Limit(string? text) => text is null or "" ? 1
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) && limit > 0 ? limit
        : throw Bad("ForwardLimit", "a number from 1 on");

    private static PathString Base(string? text)
    {
        var path = text?.TrimEnd('/') ?? "";
        var isSound = path.Length == 0 || (path is ['/', not '/', ..] && path.All(c => char.IsAsciiLetterOrDigit(c) || c is '/' or '-' or '_' or '.'));
        return isSound ? new PathString(path) : throw Bad("PathBase", "a path, such as /monolith");
    }

    private static SettingException Bad(string name, string wanted) => new($"Proxy:{name}", $"must be {wanted}.");
}
