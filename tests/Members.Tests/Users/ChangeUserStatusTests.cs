using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Users;

namespace Monolith.Members.Tests.Users;

/// <summary>Members specification 3.7 (cases 99 to 102) and contract 7.1.</summary>
public sealed class ChangeUserStatusTests
{
    private static readonly AccountRow Owner = new() { Status = "active", SiteRoles = ["owner"] };
    private readonly Desk _desk = new();

    [Fact]
    public async Task Refusals_of_a_suspension_come_in_their_order_leave_a_trace_and_write_nothing()
    {
        _desk.Is(account => account with { IsSelf = true, IsLastOwner = true, Stored = Owner });
        await RefusedAsync("400 You cannot suspend yourself.");
        _desk.Is(account => account with { IsSelf = false });
        await RefusedAsync(Desk.Said(Error.UserNotFound));
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        await RefusedAsync(Desk.Said(Error.Forbidden));
        _desk.Rights.AllowOnBen(PermissionAction.Update);
        await RefusedAsync("400 This is the last owner.");
        _desk.Is(account => account with { IsLastOwner = false });
        await RefusedAsync("400 Only an owner may do this to an owner.");
        _desk.Is(account => account with { ByOwner = true });
        await RefusedAsync("400 An owner cannot be suspended.");
        Assert.All(_desk.Audited.Split('\n'), trace => Assert.Equal("Write user Ben ben: {status:active} -> {status:suspended}, 200", trace));
    }

    [Theory]
    [InlineData("active", "suspended")]
    [InlineData("dormant", "active")]
    [InlineData("suspended", "dormant")]
    public async Task The_status_becomes_the_wanted_one(string before, string after)
    {
        _desk.Is(account => account with { Stored = new AccountRow { Status = before } });
        _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.Update);
        Assert.Equal(Desk.Ben, (await SendAsync(after)).Value.Id);
        Assert.Equal($"SetStatus(Ben, {after})", Desk.Calls(_desk.Users));
        Assert.Equal($"Write user Ben ben: {{status:{before}}} -> {{status:{after}}}, 200", _desk.Audited);
        Assert.Equal("Lock(false)", Desk.Calls(_desk.Guard));
    }

    [Fact]
    public async Task The_last_owner_may_be_activated_by_an_owner_only()
    {
        _desk.Is(account => account with { IsLastOwner = true, Stored = Owner });
        _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.Update);
        Assert.Equal("400 Only an owner may do this to an owner.", Desk.Said(await SendAsync("active")));
        _desk.Is(account => account with { ByOwner = true });
        Assert.True((await SendAsync("active")).IsSuccess);
    }

    [Fact]
    public async Task The_last_owner_does_not_become_dormant_again()
    {
        _desk.Is(account => account with { IsSelf = false, IsLastOwner = true, ByOwner = true, Stored = Owner });
        _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.Update);
        await RefusedAsync("400 This is the last owner.", "dormant");
    }

    [Fact]
    public async Task An_account_that_is_gone_leaves_no_trace()
    {
        _desk.Account = Error.UserNotFound;
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SendAsync("suspended")));
        Assert.Empty(_desk.Audited);
    }

    private async Task RefusedAsync(string said, string status = "suspended")
    {
        var traces = _desk.Audit.Entries.Count;
        Assert.Equal(said, Desk.Said(await SendAsync(status)));
        Assert.Equal(traces + 1, _desk.Audit.Entries.Count);
        Assert.Empty(_desk.Users.ReceivedCalls());
    }

    private Task<Result<User>> SendAsync(string status) => new ChangeUserStatusHandler(_desk.Guard, _desk.Users, _desk.Answers, _desk.Audit)
        .Handle(new ChangeUserStatusCommand("ben", status), CancellationToken.None);
}
