using System.CommandLine;
using Microsoft.Extensions.Configuration.CommandLine;
using Microsoft.Extensions.Configuration.EnvironmentVariables;
using Microsoft.Extensions.Configuration.Json;
using Monolith.Api.Hosting;
using Monolith.Kernel.Settings;
using Npgsql;

namespace Monolith.Api.Verbs;

/// <summary><c>config</c>: every setting with its value and where that comes from. Secrets are hidden. Exit code 1 when the server would not start with them.</summary>
internal static class ConfigVerb
{
    private const string Hidden = "(hidden)";

    public static Command Create(VerbContext context)
    {
        var set = new Option<bool>("--set") { Description = "Only what somebody set." };
        var command = new Command("config", "Shows every setting with its value and where it comes from; secrets are hidden.") { set };
        command.SetAction(parsed => Show(context, parsed.GetValue(set)));
        return command;
    }

    private static int Show(VerbContext context, bool onlySet)
    {
        var configuration = context.Configuration();
        var lines = SettingCatalog.All.SelectMany(setting => Lines(configuration, setting)).Where(line => !onlySet || line.Source.Length > 0).ToList();
        var width = lines.Select(line => line.Name.Length).DefaultIfEmpty().Max();
        foreach (var (name, value, source) in lines)
            context.Terminal.Output.WriteLine($"{name.PadRight(width)}  {value}{(source.Length > 0 ? $"  ({source})" : "")}".TrimEnd());
        try
        {
            SettingCatalog.Check(configuration);
            return 0;
        }
        catch (SettingException fault)
        {
            context.Terminal.Error.WriteLine(fault.Message);
            return 1;
        }
    }

    private static IEnumerable<(string Name, string Value, string Source)> Lines(IConfigurationRoot configuration, SettingDeclaration setting)
    {
        var section = configuration.GetSection(setting.Key);
        var entries = section.GetChildren().Where(child => child.Value is not null).ToList();
        if (section.Value is not { Length: > 0 } && entries.Count == 0)
            return [(setting.Each is { } each ? $"{setting.Name}__<{each}>" : setting.Name, setting.Standard.Length == 0 ? "" : $"{setting.Standard.Replace("`", "", StringComparison.Ordinal)}", "")];
        return entries.Count > 0
            ? entries.Select(entry => ($"{setting.Name}__{entry.Key}", Shown(setting, entry.Value!), Source(configuration, entry.Path)))
            : [(setting.Name, Shown(setting, section.Value!), Source(configuration, setting.Key))];
    }

    private static string Shown(SettingDeclaration setting, string value)
    {
        if (!setting.IsSecret)
            return value;
        try
        {
            var builder = new NpgsqlConnectionStringBuilder(PostgresUrl.IsOne(value) ? PostgresUrl.ToConnectionString(value) : value);
            foreach (var secret in (string[])["Password", "SSL Password"])
                if (builder.IsGiven(secret))
                    builder[secret] = "***";
            return builder.Host is { Length: > 0 } ? builder.ConnectionString : Hidden;
        }
        catch (Exception unreadable) when (unreadable is ArgumentException or FormatException)
        {
            return Hidden;
        }
    }

    private static string Source(IConfigurationRoot configuration, string key) => configuration.Providers.Reverse().Select(provider => SourceIn(provider, key)).FirstOrDefault(source => source is not null) ?? "";

    private static string? SourceIn(IConfigurationProvider provider, string key) => provider switch
    {
        _ when !provider.TryGet(key, out _) => null,
        ChainedConfigurationProvider { Configuration: IConfigurationRoot inner } => Source(inner, key) is { Length: > 0 } source ? source : null,
        CommandLineConfigurationProvider => "command line",
        EnvironmentVariablesConfigurationProvider => "environment",
        JsonConfigurationProvider file => file.Source.Path ?? "file",
        _ => "built in",
    };
}
