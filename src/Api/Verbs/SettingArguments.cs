namespace Monolith.Api.Verbs;

/// <summary>
/// Takes the settings out of a command line: <c>--Section:Key=value</c>, <c>--Section:Key value</c>, the same with <c>__</c> for <c>:</c>,
/// and the few of the framework that have no section. What is left is the verb and its options.
/// </summary>
internal sealed record SettingArguments(IReadOnlyList<string> Settings, IReadOnlyList<string> Rest, string? Fault)
{
    private static readonly string[] WithoutSection = ["urls", "environment", "contentRoot", "ForwardedHeaders_Enabled"];

    public static SettingArguments Split(IReadOnlyList<string> args)
    {
        List<string> settings = [], rest = [];
        for (var i = 0; i < args.Count; i++)
        {
            if (NameOf(args[i]) is not { } name)
            {
                rest.Add(args[i]);
            }
            else if (args[i].Contains('=', StringComparison.Ordinal))
            {
                settings.Add($"--{name}={args[i][(args[i].IndexOf('=', StringComparison.Ordinal) + 1)..]}");
            }
            else if (i + 1 < args.Count && !args[i + 1].StartsWith("--", StringComparison.Ordinal))
            {
                settings.Add($"--{name}={args[++i]}");
            }
            else
            {
                return new(settings, rest, $"{args[i]} needs a value: {args[i]}=…");
            }
        }

        return new(settings, rest, null);
    }

    private static string? NameOf(string argument)
    {
        if (argument is not ['-', '-', var first, ..] || first == '=')
            return null;
        var name = argument[2..].Split('=')[0].Replace("__", ":", StringComparison.Ordinal);
        return name.Contains(':', StringComparison.Ordinal) || WithoutSection.Contains(name, StringComparer.OrdinalIgnoreCase) || name.StartsWith("OTEL_", StringComparison.Ordinal) ? name : null;
    }
}
