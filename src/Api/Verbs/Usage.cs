using System.CommandLine;
using Monolith.Api.Hosting;

namespace Monolith.Api.Verbs;

/// <summary>Says what was not understood, what was probably meant, and where help is. Exit code 2.</summary>
internal static class Usage
{
    public static int Complain(Terminal terminal, ParseResult parsed)
    {
        var command = parsed.CommandResult.Command;
        var known = command.Subcommands.Select(verb => verb.Name)
            .Concat(command.Options.Concat(parsed.RootCommandResult.Command.Options).Select(option => option.Name)).ToList();
        var strange = parsed.UnmatchedTokens.Select(word => $"'{word}' is unknown here.{Nearest.Question(word.Split('=')[0], known)}");
        var other = parsed.Errors.Select(error => error.Message)
            .Where(message => !parsed.UnmatchedTokens.Any(word => message.Contains($"'{word}'", StringComparison.Ordinal)))
            .Where(message => parsed.UnmatchedTokens.Count == 0 || !message.StartsWith("Required command", StringComparison.Ordinal));
        return Complain(terminal, [.. strange, .. other.Select(message => message.Replace("Required command was not provided.", $"One of these is needed: {string.Join(", ", command.Subcommands.Select(verb => verb.Name))}.", StringComparison.Ordinal))], Path(parsed));
    }

    public static int Complain(Terminal terminal, IEnumerable<string> complaints, string command)
    {
        foreach (var complaint in complaints)
            terminal.Error.WriteLine(complaint);
        terminal.Error.WriteLine($"Help: {command} --help");
        return 2;
    }

    private static string Path(ParseResult parsed)
    {
        var names = new List<string>();
        for (SymbolNames? at = new(parsed.CommandResult); at is { } step; at = step.Parent)
            names.Insert(0, step.Name);
        return string.Join(' ', names);
    }

    private sealed record SymbolNames(System.CommandLine.Parsing.CommandResult Result)
    {
        public string Name => Result.Command is RootCommand ? "monolith" : Result.Command.Name;

        public SymbolNames? Parent => Result.Parent is System.CommandLine.Parsing.CommandResult parent ? new(parent) : null;
    }
}
