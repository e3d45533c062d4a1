using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>Who hears how the program does: Prometheus, at addresses of its own, and a collector of OpenTelemetry. Nobody unless it is set.</summary>
/// <param name="Urls">Where <c>/metrics</c> is answered; null for nowhere.</param>
/// <param name="Token">What a scrape must bring along; null for nothing.</param>
/// <param name="HasCollector">Traces, metrics and logs go to a collector.</param>
internal sealed record TelemetrySettings(string? Urls, string? Token, bool HasCollector)
{
    private static readonly string[] CollectorVariables =
        ["OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "OTEL_EXPORTER_OTLP_METRICS_ENDPOINT", "OTEL_EXPORTER_OTLP_LOGS_ENDPOINT"];

    private static readonly DeclaredSetting<string?> UrlsSetting = new(
        "Metrics:Urls", "none", "where Prometheus may read `/metrics`, and nothing else, such as `http://127.0.0.1:9464`: [watch](watch.md)", ReadUrls);

    private static readonly DeclaredSetting<string?> TokenSetting =
        new("Metrics:Token", "", "what a scrape must send as `Authorization: Bearer …`", (configuration, key) => configuration[key] is { Length: > 0 } token ? token : null) { IsSecret = true };

    private static readonly DeclaredSetting<string?> CollectorSetting = new(
        "OTEL_EXPORTER_OTLP_ENDPOINT", "none", "a collector of OpenTelemetry, which traces, metrics and logs are sent to, such as `http://127.0.0.1:4317`; the other variables of [OpenTelemetry](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/) hold too",
        ReadEndpoint);

    /// <summary>All of them.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [UrlsSetting, TokenSetting, CollectorSetting];

    /// <exception cref="SettingException">A value cannot be used.</exception>
    public static TelemetrySettings Read(IConfiguration configuration) => new(
        UrlsSetting.Read(configuration), TokenSetting.Read(configuration), Array.Exists(CollectorVariables, name => configuration[name] is { Length: > 0 }));

    private static string? ReadUrls(IConfiguration configuration, string key)
    {
        if (configuration[key] is not { Length: > 0 } urls)
            return null;
        foreach (var url in ListenSettings.Parts(urls))
        {
            if (!ListenSettings.IsAddress(url))
                throw new SettingException(key, $"\"{url}\" is no address. Write http://, a host and a port, such as http://127.0.0.1:9464; several apart by semicolons.");
            if (ListenSettings.Parts(configuration["urls"] is { Length: > 0 } listen ? listen : ServerBuilder.DefaultUrl).Contains(url, StringComparer.OrdinalIgnoreCase))
                throw new SettingException(key, $"\"{url}\" is where everybody reaches the server. Write a port of its own.");
        }

        return urls;
    }

    private static string? ReadEndpoint(IConfiguration configuration, string key) => configuration[key] switch
    {
        null or "" => null,
        var text when Uri.TryCreate(text, UriKind.Absolute, out var endpoint) && endpoint.Scheme is "http" or "https" => text,
        var text => throw new SettingException(key, $"\"{text}\" is no address. Write http:// or https://, a host and a port, such as http://127.0.0.1:4317."),
    };
}
