using Monolith.Api.Verbs;

namespace Monolith.Api.Tests.Verbs;

/// <summary>One run of the command line, as a shell would see it.</summary>
internal sealed record VerbRun(int Code, string Output, string Error)
{
    public static Task<VerbRun> Async(params string[] arguments) => WithAsync("", arguments);

    public static async Task<VerbRun> WithAsync(string input, params string[] arguments)
    {
        using var reader = new StringReader(input);
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await MonolithHost.RunAsync(arguments, new Terminal(reader, output, error));
        return new(code, output.ToString().ReplaceLineEndings("\n"), error.ToString().ReplaceLineEndings("\n"));
    }
}
