using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>Members specification 3.5 (cases 78 to 81) and contract 7.1: rights before state.</summary>
public sealed class DeleteUserTests
{
    private readonly Desk _desk = new();
    private readonly IOwnedWorkspaces _workspaces = Substitute.For<IOwnedWorkspaces>();

    public DeleteUserTests()
    {
        _desk.Users.DeleteAsync(Desk.Ben, default).ReturnsForAnyArgs(true);
        _workspaces.AnyOfAsync(Desk.Ben, default).ReturnsForAnyArgs(true);
    }

    [Fact]
    public async Task Refusals_come_in_their_order_leave_a_trace_and_delete_nothing()
    {
        _desk.Is(account => account with { IsSelf = true, IsLastOwner = true, Stored = new AccountRow { SiteRoles = ["owner"] } });
        await RefusedAsync("403 You cannot delete yourself.");
        _desk.Is(account => account with { IsSelf = false });
        await RefusedAsync(Desk.Said(Error.UserNotFound));
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        await RefusedAsync(Desk.Said(Error.Forbidden));
        _desk.Rights.AllowOnBen(PermissionAction.Delete);
        await RefusedAsync("400 This is the last owner.");
        _desk.Is(account => account with { IsLastOwner = false });
        await RefusedAsync("400 Only an owner may do this to an owner.");
        Assert.All(_desk.Audited.Split('\n'), trace => Assert.StartsWith("Delete user Ben ben: {id:Ben,username:ben,", trace, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_account_that_is_gone_is_not_found()
    {
        Allowed();
        _desk.Users.DeleteAsync(Desk.Ben, default).ReturnsForAnyArgs(false);
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SendAsync("true")));
        Assert.Empty(_workspaces.ReceivedCalls());

        _desk.Account = Error.UserNotFound;
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SendAsync()));
        Assert.Single(_desk.Audit.Entries);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("false")]
    public async Task Somebody_with_workspaces_stays(string? force)
    {
        Allowed();
        Assert.Equal("417 The user still has workspaces. Delete them first.", Desk.Said(await SendAsync(force)));
        Assert.Equal("AnyOf(Ben)", Desk.Calls(_workspaces));
    }

    [Fact]
    public async Task With_force_the_workspaces_go_after_the_account()
    {
        Allowed();
        Assert.True((await SendAsync("True")).IsSuccess);
        Received.InOrder(() =>
        {
            _desk.Users.DeleteAsync(Desk.Ben, Arg.Any<CancellationToken>());
            _workspaces.DeleteOfAsync(Desk.Ben, Arg.Any<CancellationToken>());
        });
        Assert.Equal("DeleteOf(Ben)", Desk.Calls(_workspaces));
    }

    [Fact]
    public async Task Workspaces_are_looked_for_after_the_deletion_so_that_none_comes_between()
    {
        Allowed();
        _workspaces.AnyOfAsync(Desk.Ben, default).ReturnsForAnyArgs(false);
        Assert.Equal("The user has been deleted.", (await SendAsync()).Value.Message);
        Received.InOrder(() =>
        {
            _desk.Users.DeleteAsync(Desk.Ben, Arg.Any<CancellationToken>());
            _workspaces.AnyOfAsync(Desk.Ben, Arg.Any<CancellationToken>());
        });
        Assert.Equal("Delete user Ben ben: {id:Ben,username:ben,login_type:password,is_system:false,is_service_account:false,deleted:false} -> nothing, 200", _desk.Audited);
    }

    private void Allowed() => _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.Delete);

    private async Task RefusedAsync(string said)
    {
        var traces = _desk.Audit.Entries.Count;
        Assert.Equal(said, Desk.Said(await SendAsync("true")));
        Assert.Equal(traces + 1, _desk.Audit.Entries.Count);
        Assert.Empty(_desk.Users.ReceivedCalls());
        Assert.Empty(_workspaces.ReceivedCalls());
    }

    private Task<Result<MessageBody>> SendAsync(string? force = null) => new DeleteUserHandler(_desk.Guard, _desk.Users, _workspaces, _desk.Audit)
        .Handle(new DeleteUserCommand("ben", force), CancellationToken.None);
}
