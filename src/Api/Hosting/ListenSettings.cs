using System.Net;
using System.Net.Sockets;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>Where to listen: <c>ASPNETCORE_URLS</c> or <c>--urls</c>. The web server reads it when the database has been started; the catalog looks at it before.</summary>
internal static class ListenSettings
{
    /// <summary>The setting.</summary>
    public static SettingDeclaration Declared { get; } = new DeclaredSetting<string?>(
        "urls", $"`{ServerBuilder.DefaultUrl}`", "where to listen, several apart by semicolons; `--urls` on the command line", Read) { Name = "ASPNETCORE_URLS" };

    private static string? Read(IConfiguration configuration, string key)
    {
        foreach (var url in Parts(configuration[key]))
        {
            if (!IsAddress(url))
                throw new SettingException($"ASPNETCORE_URLS: \"{url}\" is no address. Write http:// or https://, a host and a port, such as http://127.0.0.1:3000; several apart by semicolons.");
        }

        return configuration[key];
    }

    /// <summary>Looks whether another program has a port already, before a database is started in vain. A port that a range of Kestrel's own settings gives is left to it.</summary>
    /// <exception cref="SettingException">One is taken.</exception>
    public static void CheckFree(IConfiguration configuration)
    {
        if (!configuration.GetSection("Kestrel:Endpoints").Exists() && TakenBy(configuration["urls"]) is { } taken)
            throw new SettingException($"ASPNETCORE_URLS: {taken} is taken by another program. Stop that, or write another port.");
        if (TelemetrySettings.Read(configuration).Urls is { } metrics && TakenBy(metrics) is { } other)
            throw new SettingException($"Metrics__Urls: {other} is taken by another program. Stop that, or write another port.");
    }

    /// <summary>The first of the addresses on which this machine listens already, or null. Names of hosts are left to the web server.</summary>
    public static string? TakenBy(string? urls)
    {
        foreach (var url in Parts(string.IsNullOrEmpty(urls) ? ServerBuilder.DefaultUrl : urls))
        {
            var address = BindingAddress.Parse(url);
            if (address.Port == 0 || address.IsUnixPipe || Interface(address.Host) is not { } place)
                continue;
            try
            {
                using var listener = new TcpListener(place, address.Port);
                listener.Start();
            }
            catch (SocketException failure) when (failure.SocketErrorCode == SocketError.AddressAlreadyInUse)
            {
                return url;
            }
            catch (SocketException)
            {
                // The web server says it better.
            }
        }

        return null;
    }

    private static IPAddress? Interface(string host) => host switch
    {
        "localhost" => IPAddress.Loopback,
        "*" or "+" => IPAddress.Any,
        _ => IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : null,
    };

    /// <summary>The single addresses of a list.</summary>
    public static string[] Parts(string? urls) => (urls ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    /// <summary>True for <c>http</c> or <c>https</c> with a host and a port.</summary>
    public static bool IsAddress(string url)
    {
        try
        {
            return BindingAddress.Parse(url) is { Scheme: "http" or "https", Port: >= 0 and <= 65535, PathBase: "" };
        }
        catch (FormatException)
        {
            return false;
        }
    }
}
