using System.Security.Cryptography;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;

namespace Monolith.Api.Verbs;

/// <summary>Carries the verbs of <see cref="OwnerVerbs"/> out, on a host that listens nowhere.</summary>
internal sealed class OwnerDesk(VerbContext context)
{
    private readonly TextWriter _output = context.Terminal.Output;
    private readonly TextWriter _error = context.Terminal.Error;

    public Task<int> ListAsync(CancellationToken cancellationToken) => WithAsync(async owners =>
    {
        var found = await owners.ListAsync(cancellationToken);
        foreach (var one in found)
            await _output.WriteLineAsync($"{one.Id}  {one.Username}  {one.Email}  {one.Status}");
        if (found.Count == 0)
            await _error.WriteLineAsync("Nobody holds the role owner. Make one with: monolith owner create");
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
        var password = generate ? RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyzACDEFGHJKLMNPQRSTUVWXYZ2345679", 20) : await context.Terminal.ReadPasswordAsync();
        if (!string.IsNullOrEmpty(password))
            return password;
        await _error.WriteLineAsync("A password is needed: write it to standard input, or let one be made up with --generate.");
        return null;
    }

    private async Task<int> EndAsync(Result<OwnerAccount> result, Func<OwnerAccount, string> done, string? generated)
    {
        if (!result.IsSuccess)
        {
            await _error.WriteLineAsync(result.Error.Detail is { } detail ? $"{result.Error.Message} {detail}" : result.Error.Message);
            foreach (var field in result.Error.Validations ?? [])
                await _error.WriteLineAsync($"{field.Field}: {field.Detail}");
            return 1;
        }
        var account = result.Value;
        await _output.WriteLineAsync(done(account));
        if (generated is not null)
            await _output.WriteLineAsync($"Password: {generated}");
        if (account.Status == UserStatus.Suspended)
            await _error.WriteLineAsync("note: the account is suspended and stays so; nobody signs in with it until it is activated.");
        if (!account.IsOwner)
            await _error.WriteLineAsync("note: the account does not hold the role owner.");
        return 0;
    }

    private Task<int> WithAsync(Func<IOwnerRecovery, Task<int>> act, CancellationToken cancellationToken) =>
        context.WithServicesAsync((services, _) => act(services.GetRequiredService<IOwnerRecovery>()), cancellationToken);
}
