using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>Members specification 3.8 (cases 90 to 98) and contract 7.1.</summary>
public sealed class ChangePasswordTests
{
    private const string Old = "Old-Horse-9-Battery";
    private const string New = "New-Horse-9-Battery";
    private const string Trace = "Write user Ben ben: nothing -> {hashed_password:{secret:true}}, 204";
    private readonly Desk _desk = new();

    [Fact]
    public async Task Too_many_tries_end_it_before_anything_is_told_or_noted()
    {
        _desk.Tries.Count($"user {Desk.Ben}").Returns(new Error(ErrorKind.TooManyRequests, "Later."));
        Assert.Equal("429 Later.", Desk.Said(await SendAsync(null, New)));
        Assert.Empty(_desk.Audited);
        Assert.Empty(_desk.Users.ReceivedCalls());
    }

    [Fact]
    public async Task Refusals_come_in_their_order_leave_a_trace_and_write_nothing()
    {
        var owner = new AccountRow { SiteRoles = ["owner"], PasswordHash = "hash of " + New };
        _desk.Is(account => account with { Stored = owner, User = account.User with { LoginType = "none" } });
        await RefusedAsync(Desk.Said(Error.UserNotFound), "wrong", "weak");
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        await RefusedAsync(Desk.Said(Error.UserNotFound), "wrong", "weak");
        _desk.Rights.AllowOnBen(PermissionAction.UpdatePersonal);
        await RefusedAsync("400 Only an owner may do this to an owner.", "wrong", "weak");
        _desk.Is(account => account with { ByOwner = true });
        await RefusedAsync("400 The password can only be changed for the login type password.", "wrong", "weak");
        _desk.Is(account => account with { User = account.User with { LoginType = "password" } });
        await RefusedAsync("400 Validation failed. [password]", "wrong", "weak");
        await RefusedAsync("400 Validation failed. [old_password]", "wrong", New);
        await RefusedAsync("400 New password cannot match old password.", null, New);
        _desk.Is(account => account with { IsSelf = true });
        await RefusedAsync("400 Old password is required. [old_password]", "", "weak");
    }

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, Old)]
    [InlineData(true, Old)]
    public async Task The_new_password_is_stored_as_a_hash(bool self, string? old)
    {
        _desk.Is(account => account with { IsSelf = self });
        _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.UpdatePersonal);
        Assert.Equal("ok", Desk.Said(await SendAsync(old, New)));
        Assert.Equal($"SetPassword(Ben, hash of {New})", Desk.Calls(_desk.Users));
        Assert.Equal(Trace, _desk.Audited);
        _desk.Tries.Received(1).Count($"user {Desk.Ben}");
    }

    [Fact]
    public async Task An_account_that_is_gone_is_neither_counted_nor_noted()
    {
        _desk.Account = Error.UserNotFound;
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SendAsync(Old, New)));
        Assert.Empty(_desk.Audited);
        Assert.Empty(_desk.Tries.ReceivedCalls());
    }

    private async Task RefusedAsync(string said, string? old, string wanted)
    {
        var traces = _desk.Audit.Entries.Count;
        Assert.Equal(said, Desk.Said(await SendAsync(old, wanted)));
        Assert.Equal(traces + 1, _desk.Audit.Entries.Count);
        Assert.Equal(Trace, _desk.Audited.Split('\n')[^1]);
        Assert.Empty(_desk.Users.ReceivedCalls());
    }

    private Task<Result<Unit>> SendAsync(string? old, string wanted) => new ChangePasswordHandler(_desk.Guard, _desk.Users, _desk.Tries, _desk.Passwords, _desk.Audit)
        .Handle(new ChangePasswordCommand("ben", Body<ChangePasswordRequest>.Of(new ChangePasswordRequest(old, wanted))), CancellationToken.None);
}
