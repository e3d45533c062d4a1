namespace Monolith.Api.Verbs;

/// <summary>Where a verb reads and writes. What a program reads goes to the output alone; complaints and notes go to the other stream.</summary>
internal sealed record Terminal(TextReader? Input, TextWriter Output, TextWriter Error)
{
    /// <summary>That of this process.</summary>
    public static Terminal Console { get; } = new(null, System.Console.Out, System.Console.Error);

    /// <summary>Standard input as text.</summary>
    public TextReader Reader => Input ?? System.Console.In;

    /// <summary>The first line of the input, or what is typed at the keyboard, without an echo.</summary>
    public async Task<string?> ReadPasswordAsync()
    {
        if (Input is not null || System.Console.IsInputRedirected)
            return await Reader.ReadLineAsync();
        await Error.WriteAsync("Password: ");
        var typed = new System.Text.StringBuilder();
        for (var key = System.Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = System.Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }

        await Error.WriteLineAsync();
        return typed.ToString();
    }
}
