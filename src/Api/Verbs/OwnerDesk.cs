using System.Security.Cryptography;
using Monolith.Api.Hosting;
using Monolith.Data.Migrations;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;

namespace Monolith.Api.Verbs;

/// <summary>Carries the verbs of <see cref="OwnerVerbs"/> out, on a host that listens nowhere.</summary>
internal sealed class OwnerDesk(string[] settings, PasswordInput input, TextWriter output, TextWriter error)
{
    public Task<int> ListAsync(CancellationToken cancellationToken) => WithAsync(async owners =>
    {
        var found = await owners.ListAsync(cancellationToken);
        foreach (var one in found)
            await output.WriteLineAsync($"{one.Id}  {one.Username}  {one.Email}  {one.Status}");
        if (found.Count == 0)
            await error.WriteLineAsync("Nobody holds the role owner. Make one with: monolith owner create");
        return 0;
    }, cancellationToken);

    public async Task<int> CreateAsync(string email, string username, string name, bool generate, CancellationToken cancellationToken)
    {
        if (await PasswordAsync(generate) is not { } password)
            return 1;
        return await WithAsync(async owners => await EndAsync(
            await owners.CreateAsync(new NewOwner(email, username, name, password), cancellationToken),
            owner => $"Created the owner {owner.Username}.",
            generate ? password : null), cancellationToken);
    }

    public async Task<int> ResetPasswordAsync(string user, bool generate, CancellationToken cancellationToken)
    {
        if (await PasswordAsync(generate) is not { } password)
            return 1;
        return await WithAsync(async owners => await EndAsync(
            await owners.ResetPasswordAsync(user, password, cancellationToken),
            account => $"The password of {account.Username} was reset; all sessions and tokens of theirs ended.",
            generate ? password : null), cancellationToken);
    }

    private async Task<string?> PasswordAsync(bool generate)
    {
        // Without letters that look like others: people read it out.
        var password = generate ? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRSTUVWXYZ2345679", 20) : await input.ReadAsync(error);
        if (!string.IsNullOrEmpty(password))
            return password;
        await error.WriteLineAsync("A password is needed: write it to standard input, or let one be made up with --generate.");
        return null;
    }

    private async Task<int> EndAsync(Result<OwnerAccount> result, Func<OwnerAccount, string> done, string? generated)
    {
        if (!result.IsSuccess)
        {
            await error.WriteLineAsync(result.Error.Detail is { } detail ? $"{result.Error.Message} {detail}" : result.Error.Message);
            foreach (var field in result.Error.Validations ?? [])
                await error.WriteLineAsync($"{field.Field}: {field.Detail}");
            return 1;
        }
        var account = result.Value;
        await output.WriteLineAsync(done(account));
        if (generated is not null)
            await output.WriteLineAsync($"Password: {generated}");
        if (account.Status == UserStatus.Suspended)
            await error.WriteLineAsync("note: the account is suspended and stays so; nobody signs in with it until it is activated.");
        if (!account.IsOwner)
            await error.WriteLineAsync("note: the account does not hold the role owner.");
        return 0;
    }

    private async Task<int> WithAsync(Func<IOwnerRecovery, Task<int>> act, CancellationToken cancellationToken)
    {
        await using var app = await ServerBuilder.BuildAsync([.. settings, "--Logging:LogLevel:Default=Warning"]);
        await app.Services.GetRequiredService<Migrator>().ApplyAsync(cancellationToken);
        await using var scope = app.Services.CreateAsyncScope();
        return await act(scope.ServiceProvider.GetRequiredService<IOwnerRecovery>());
    }
}

/// <summary>Where a password comes from when nobody made it up: the first line of standard input, or the keyboard without an echo.</summary>
internal sealed class PasswordInput(TextReader? reader = null)
{
    public async Task<string?> ReadAsync(TextWriter prompt)
    {
        if (reader is not null || Console.IsInputRedirected)
            return await (reader ?? Console.In).ReadLineAsync();
        await prompt.WriteAsync("Password: ");
        var typed = new System.Text.StringBuilder();
        for (var key = Console.ReadKey(intercept: true); key.Key != ConsoleKey.Enter; key = Console.ReadKey(intercept: true))
        {
            if (key.Key == ConsoleKey.Backspace && typed.Length > 0)
                typed.Length--;
            else if (!char.IsControl(key.KeyChar))
                typed.Append(key.KeyChar);
        }
        await prompt.WriteLineAsync();
        return typed.ToString();
    }
}
