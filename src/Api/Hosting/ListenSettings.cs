using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>Where to listen: <c>ASPNETCORE_URLS</c> or <c>--urls</c>. The web server reads it when the database has been started; this looks at it before.</summary>
internal static class ListenSettings
{
    /// <exception cref="SettingException">A part is no address.</exception>
    public static void Check(IConfiguration configuration)
    {
        foreach (var url in (configuration["urls"] ?? "").Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!IsAddress(url))
                throw new SettingException($"ASPNETCORE_URLS: \"{url}\" is no address. Write http:// or https://, a host and a port, such as http://127.0.0.1:3000; several apart by semicolons.");
        }
    }

    private static bool IsAddress(string url)
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
