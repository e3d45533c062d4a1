using Microsoft.Extensions.Logging.Console;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary><c>Log:Format</c>: lines for people, or one JSON object a line for programs, both with the time in UTC. Levels are the framework's, <c>Logging:LogLevel:…</c>.</summary>
internal static class LoggingSettings
{
    private const string Json = "json", Text = "text";

    // RFC 3339; the formatter takes the time in UTC.
    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    private static readonly DeclaredSetting<string> Format = new(
        "Log:Format", Text, "`text`, or `json` for one object a line; the time is in UTC either way. What is written: `Logging__LogLevel__Default`, `Information` unless it is set", Read);

    /// <summary>The setting.</summary>
    public static SettingDeclaration Declared => Format;

    /// <summary>What holds unless the framework's own settings say otherwise.</summary>
    public static Dictionary<string, string?> Defaults { get; } = new()
    {
        ["Logging:LogLevel:Default"] = "Information",
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Npgsql"] = "Warning",
        ["Logging:LogLevel:System.Net.Http"] = "Warning",
        // It complains that the keys of forms lie in the database as they are: decision 9.
        ["Logging:LogLevel:Microsoft.AspNetCore.DataProtection"] = "Error",
        ["Logging:Console:FormatterName"] = ConsoleFormatterNames.Simple,
        ["Logging:Console:FormatterOptions:SingleLine"] = "true",
        ["Logging:Console:FormatterOptions:UseUtcTimestamp"] = "true",
        ["Logging:Console:FormatterOptions:TimestampFormat"] = TimeFormat + " ",
    };

    public static void Apply(IServiceCollection services, IConfiguration configuration)
    {
        if (Format.Read(configuration) != Json)
            return;

        // After everybody else: a service of systemd has a format of its own otherwise.
        services.PostConfigure<ConsoleLoggerOptions>(options => options.FormatterName = ConsoleFormatterNames.Json);
        services.PostConfigure<JsonConsoleFormatterOptions>(options =>
        {
            options.TimestampFormat = TimeFormat;
            options.UseUtcTimestamp = true;
        });
    }

    private static string Read(IConfiguration configuration, string key) => configuration[key]?.Trim().ToLowerInvariant() switch
    {
        null or "" or Text => Text,
        Json => Json,
        var other => throw new SettingException(key, $"\"{other}\" is neither text nor json."),
    };
}
