using System.CommandLine;

namespace Monolith.Api.Verbs;

/// <summary>
/// <c>owner list</c>, <c>create</c> and <c>reset-password</c>: the way back in for whoever has the database's connection. They speak to the database of the settings,
/// also while the server runs. Exit codes: 0 done, 1 refused, 2 not understood.
/// </summary>
internal static class OwnerVerbs
{
    private static readonly Option<string> Email = new("--email") { Description = "The e-mail address to sign in with.", Required = true };
    private static readonly Option<string> Username = new("--username") { Description = "The unique name.", Required = true };
    private static readonly Option<string> FullName = new("--name") { Description = "The full name.", DefaultValueFactory = _ => "" };
    private static readonly Argument<string> User = new("user") { Description = "A username, an e-mail address or a uuid." };

    private static readonly Option<bool> Generate = new("--generate")
    {
        Description = "Make a password up and print it. Without it the first line of standard input is the password; at a terminal it is asked for.",
    };

    public static Task<int> RunAsync(string[] args) => RunAsync(args, new PasswordInput(), Console.Out, Console.Error);

    internal static async Task<int> RunAsync(string[] args, PasswordInput input, TextWriter output, TextWriter error)
    {
        // What names a setting, such as --ConnectionStrings:Monolith=…, is the server's.
        var settings = args.Where(argument => argument.StartsWith("--", StringComparison.Ordinal) && argument.Contains(':', StringComparison.Ordinal) && argument.Contains('=', StringComparison.Ordinal)).ToArray();
        var desk = new OwnerDesk(settings, input, output, error);
        var owner = new Command("owner", "Shows and makes owners, and gives people another password. It needs no session, only the database's connection in the settings.")
        {
            Verb("list", "Shows who holds the role owner.", [], (_, ct) => desk.ListAsync(ct)),
            Verb("create", "Makes an owner, also on an empty deployment and when no owner is left.", [Email, Username, FullName, Generate], (parsed, ct) =>
                desk.CreateAsync(parsed.GetValue(Email)!, parsed.GetValue(Username)!, parsed.GetValue(FullName)!, parsed.GetValue(Generate), ct)),
            Verb("reset-password", "Gives somebody another password and ends all their sessions and tokens. Their roles and status stay.", [User, Generate], (parsed, ct) =>
                desk.ResetPasswordAsync(parsed.GetValue(User)!, parsed.GetValue(Generate), ct)),
        };
        var parsed = new RootCommand { owner }.Parse([owner.Name, .. args.Except(settings)]);
        if (parsed.Errors.Count > 0)
        {
            foreach (var complaint in parsed.Errors)
                await error.WriteLineAsync(complaint.Message);
            return 2;
        }
        return await parsed.InvokeAsync(new InvocationConfiguration { Output = output, Error = error, EnableDefaultExceptionHandler = false });
    }

    private static Command Verb(string name, string description, Symbol[] symbols, Func<ParseResult, CancellationToken, Task<int>> run)
    {
        var command = new Command(name, description);
        foreach (var symbol in symbols)
        {
            if (symbol is Option option)
                command.Options.Add(option);
            else
                command.Arguments.Add((Argument)symbol);
        }
        command.SetAction(run);
        return command;
    }
}
