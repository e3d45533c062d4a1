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

    public static Command Create(VerbContext context)
    {
        var desk = new OwnerDesk(context);
        return new Command("owner", "Shows and makes owners, and gives people another password. It needs no session, only the database's connection in the settings.")
        {
            Verb("list", "Shows who holds the role owner.", [], (_, ct) => desk.ListAsync(ct)),
            Verb("create", "Makes an owner, also on an empty deployment and when no owner is left.", [Email, Username, FullName, Generate], (parsed, ct) =>
                desk.CreateAsync(parsed.GetValue(Email)!, parsed.GetValue(Username)!, parsed.GetValue(FullName)!, parsed.GetValue(Generate), ct)),
            Verb("reset-password", "Gives somebody another password and ends all their sessions and tokens. Their roles and status stay.", [User, Generate], (parsed, ct) =>
                desk.ResetPasswordAsync(parsed.GetValue(User)!, parsed.GetValue(Generate), ct)),
        };
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
