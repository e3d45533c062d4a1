using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>Members specification 3.9 and contract 7.1.</summary>
public sealed class SetUserRolesTests
{
    private const string Ask = "Write user Ben ben: {roles:[owner]} -> {roles:[auditor]}, 200";
    private readonly Desk _desk = new();

    [Fact]
    public async Task Refusals_come_in_their_order_leave_a_trace_and_write_nothing()
    {
        _desk.Is(account => account with { IsSelf = true, IsLastOwner = true, Stored = new AccountRow { SiteRoles = ["owner"] } });
        _desk.Assignment.CheckSite(null!, null!, null!).ReturnsForAnyArgs(Error.BadRequest("No such role."));
        await RefusedAsync("400 You cannot change your own roles.");
        _desk.Is(account => account with { IsSelf = false });
        await RefusedAsync(Desk.Said(Error.UserNotFound));
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        await RefusedAsync("400 No such role.");
        _desk.Assignment.CheckSite(null!, null!, null!).ReturnsForAnyArgs((Error?)null);
        await RefusedAsync("400 This is the last owner.");
        _desk.Is(account => account with { IsLastOwner = false });
        await RefusedAsync("400 Only an owner may do this to an owner.");
        _desk.Is(account => account with { ByOwner = true });
        await RefusedAsync(Desk.Said(IfMatch.Stale));

        _desk.Assignment.Received().CheckSite(_desk.Rights, Arg.Is<IReadOnlyCollection<string>>(stored => stored.Single() == "owner"), Arg.Is<IReadOnlyCollection<string>>(wanted => wanted.Single() == "auditor"));
    }

    [Fact]
    public async Task An_account_that_is_gone_leaves_no_trace()
    {
        _desk.Account = Error.UserNotFound;
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SendAsync(["auditor"])));
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task Roles_are_replaced_by_the_wanted_ones_each_once_and_without_the_implied_one()
    {
        _desk.Is(account => account with { Stored = new AccountRow { SiteRoles = ["user-admin", "auditor"] } });
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        var answer = await SendAsync(["member", "auditor", "template-admin", "auditor"], $"\"{RoleTag.Of(["auditor", "user-admin"], "anything else")}\"");

        Assert.Equal(Desk.Ben, answer.Value.Id);
        Assert.Equal("SetRoles(Ben, [auditor,template-admin])", Desk.Calls(_desk.Users));
        Assert.Equal("Write user Ben ben: {roles:[user-admin,auditor]} -> {roles:[auditor,template-admin]}, 200", _desk.Audited);
        Assert.Equal("Lock(false)", Desk.Calls(_desk.Guard));
    }

    [Fact]
    public async Task Whoever_makes_an_owner_queues_with_the_other_changes_of_owners()
    {
        _desk.Is(account => account with { IsLastOwner = true, ByOwner = true, Stored = new AccountRow { SiteRoles = ["owner"] } });
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        Assert.Equal("400 This is the last owner.", Desk.Said(await SendAsync([])));
        Assert.True((await SendAsync(["owner", "auditor"])).IsSuccess);
        Assert.Equal("Lock(false)\nLock(true)", Desk.Calls(_desk.Guard));
        Assert.Equal("SetRoles(Ben, [owner,auditor])", Desk.Calls(_desk.Users));
    }

    private async Task RefusedAsync(string said)
    {
        var traces = _desk.Audit.Entries.Count;
        Assert.Equal(said, Desk.Said(await SendAsync(["auditor"], "\"old\"")));
        Assert.Equal(traces + 1, _desk.Audit.Entries.Count);
        Assert.Equal(Ask, _desk.Audited.Split('\n')[^1]);
        Assert.Empty(_desk.Users.ReceivedCalls());
    }

    private Task<Result<User>> SendAsync(string[] roles, string? ifMatch = null) =>
        new SetUserRolesHandler(_desk.Guard, _desk.Users, _desk.Assignment, _desk.Answers, _desk.Audit)
            .Handle(new SetUserRolesCommand("ben", ifMatch, Body<UpdateRoles>.Of(new UpdateRoles { Roles = roles })), CancellationToken.None);
}
