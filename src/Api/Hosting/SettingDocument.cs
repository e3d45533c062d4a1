using System.Text;
using Monolith.Kernel.Settings;

namespace Monolith.Api.Hosting;

/// <summary>Writes <c>docs/guide/settings.md</c> from the catalog.</summary>
internal static class SettingDocument
{
    private const string Start =
        """
        # Settings

        Written by a test from the settings that the program reads (`MONOLITH_WRITE_DOCS=1 dotnet test tests/Api.Tests --filter SettingDocumentTests`).

        Names are those of environment variables. On the command line `Paging__MaxLimit` is `--Paging:MaxLimit=100`; in `appsettings.json`, in the folder where it is started, it is `"Paging": { "MaxLimit": 100 }`. The command line wins over the environment, and that over the file.
        Everything is checked before anything starts: each value that cannot be used, and each name that there is not, is told in one message with what to write. It is read once: a change needs a restart. `monolith config` shows what holds and where it comes from, `monolith doctor` whether a start will succeed.

        A duration is a whole number with its unit: `500ms`, `30s`, `5m`, `2h`, `90d`; a number without one is refused, apart from `0`. A switch is `true` or `false`. A list is apart by commas. What is empty is as if it were not set.
        """;

    private const string End =
        """

        Settings of the framework hold too: `ASPNETCORE_ENVIRONMENT`, `Logging__LogLevel__…`, `Kestrel__…` ([certificates and HTTP/2](https://learn.microsoft.com/aspnet/core/fundamentals/servers/kestrel/endpoints)), and the variables of [OpenTelemetry](https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/), `OTEL_…`.
        """;

    public static string Write(IEnumerable<SettingDeclaration> settings)
    {
        var text = new StringBuilder(Start).Append('\n');
        foreach (var section in settings.GroupBy(setting => Section(setting.Key)))
        {
            text.Append("\n## ").Append(section.Key).Append("\n\n| setting | unless it is set | meaning |\n| --- | --- | --- |\n");
            foreach (var setting in section)
                text.Append(null, $"| `{setting.Name}{(setting.Each is { } each ? $"__<{each}>" : "")}` | {setting.Standard} | {setting.Meaning} |\n");
        }

        return text.Append(End).Append('\n').ToString();
    }

    private static string Section(string key) => key.Split(':') switch
    {
        ["ConnectionStrings" or "Postgres" or "Database", ..] => "Database",
        [var section, _, ..] => section,
        ["urls"] => "Hosting",
        ["OTEL_EXPORTER_OTLP_ENDPOINT"] => "Metrics",
        _ => "Proxy",
    };
}
