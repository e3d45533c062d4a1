using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;

namespace Monolith.BuildingBlocks.Tests.Pipeline;

/// <summary>The one rule of <c>{user}</c>: found, not deleted, no account of the system, and the caller's to see.</summary>
public sealed class UserRequestTests
{
    private static readonly OrganizationInfo Acme = new(Guid.CreateVersion7(), "acme", "Acme", false, []);
    private static readonly UserInfo Alice = new(Guid.CreateVersion7(), "alice", "password", false, false, false);

    private readonly IOrganizationDirectory _organizations = Substitute.For<IOrganizationDirectory>();
    private readonly IUserDirectory _users = Substitute.For<IUserDirectory>();
    private readonly CurrentOrganization _organization = new();
    private readonly CurrentUser _user = new();
    private readonly List<(PermissionAction Action, ResourceObject Target)> _asked = [];
    private int _handled;

    public UserRequestTests()
    {
        _organizations.FindAsync("acme", Arg.Any<CancellationToken>()).Returns(Acme);
        Know("alice", Alice);
        Know("gone", Alice with { Id = Guid.CreateVersion7(), Username = "gone", Deleted = true });
        Know("robot", Alice with { Id = Guid.CreateVersion7(), Username = "robot", IsSystem = true });
    }

    [Fact]
    public async Task The_handler_finds_the_user_that_the_pipeline_resolved_with_one_query()
    {
        Assert.True((await RunAsync(new Shown("alice"), Anybody())).IsSuccess);
        Assert.Same(Alice, _user.Value);
        await _users.Received(1).FindAsync("alice", Arg.Any<CancellationToken>());
        Assert.Equal([(PermissionAction.Read, ResourceObject.User(Alice.Id))], _asked);
        Assert.Equal(1, _handled);
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("gone")]
    [InlineData("robot")]
    public async Task Whoever_is_not_there_is_answered_like_one_who_may_not_be_seen(string name)
    {
        var absent = await RunAsync(new Shown(name), Anybody());
        var hidden = await RunAsync(new Shown("alice"), Nobody());
        Assert.Same(Error.UserNotFound, absent.Error);
        Assert.Same(absent.Error, hidden.Error);
        Assert.Throws<InvalidOperationException>(() => _user.Value);
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task Strangers_learn_nothing_and_cost_no_query()
    {
        Assert.Same(SessionErrors.Missing, (await RunAsync(new Shown("alice"), Callers.Anonymous())).Error);
        Assert.Empty(_users.ReceivedCalls());
    }

    [Fact]
    public async Task A_deleted_user_is_shown_where_the_request_says_so_and_one_of_the_system_never()
    {
        Assert.True((await RunAsync(new WithDeleted("gone"), Anybody())).IsSuccess);
        Assert.Same(Error.UserNotFound, (await RunAsync(new WithDeleted("gone"), Nobody())).Error);
        Assert.Same(Error.UserNotFound, (await RunAsync(new WithDeleted("robot"), Anybody())).Error);
    }

    [Fact]
    public async Task Every_action_is_needed()
    {
        Assert.Same(Error.UserNotFound, (await RunAsync(new Personal("alice"), Who((action, _) => action != PermissionAction.ReadPersonal))).Error);
        Assert.Same(Error.UserNotFound, (await RunAsync(new Personal("alice"), Who((action, _) => action != PermissionAction.Read))).Error);
        Assert.True((await RunAsync(new Personal("alice"), Anybody())).IsSuccess);
    }

    [Fact]
    public async Task What_is_for_oneself_only_is_403_about_another_who_may_be_seen()
    {
        Assert.Same(Error.Forbidden, (await RunAsync(new Own("alice"), Anybody())).Error);
        Assert.Same(Error.UserNotFound, (await RunAsync(new Own("alice"), Nobody())).Error);
        var alice = Anybody();
        alice.UserId.Returns(Alice.Id);
        Assert.True((await RunAsync(new Own("alice"), alice)).IsSuccess);
    }

    [Fact]
    public async Task Objects_of_another_type_are_those_that_the_user_owns()
    {
        Assert.True((await RunAsync(new Keys("alice"), Anybody())).IsSuccess);
        Assert.Equal([(PermissionAction.Update, ResourceObject.OwnedBy(ResourceType.ApiKey, Alice.Id))], _asked);
    }

    [Fact]
    public async Task A_membership_is_the_one_in_the_organization_of_the_request()
    {
        Assert.True((await RunAsync(new Member("acme", "alice"), Anybody())).IsSuccess);
        Assert.Equal(
            [(PermissionAction.Read, ResourceObject.Organization(Acme.Id)), (PermissionAction.Read, ResourceObject.Membership(Acme.Id, Alice.Id))],
            _asked);
    }

    [Fact]
    public async Task The_organization_comes_before_the_user_and_the_user_before_other_permissions()
    {
        Assert.Same(Error.NotFound, (await RunAsync(new Added("nothing", "nobody"), Anybody())).Error);
        Assert.Empty(_users.ReceivedCalls());
        Assert.Same(Error.UserNotFound, (await RunAsync(new Added("acme", "nobody"), Who((action, _) => action == PermissionAction.Read))).Error);
        Assert.Same(Error.NotFound, (await RunAsync(new Added("acme", "alice"), Who((action, _) => action == PermissionAction.Read))).Error);
        Assert.Same(Error.NotFound, (await RunAsync(new Added("acme", "alice"), Who((action, _) => action != PermissionAction.Assign))).Error);
        Assert.True((await RunAsync(new Added("acme", "alice"), Anybody())).IsSuccess);
    }

    [Fact]
    public async Task A_user_request_that_does_not_say_who_may_fails_closed()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new Forgetful("alice"), Anybody()));
        Assert.Equal(0, _handled);
    }

    private void Know(string name, UserInfo user) => _users.FindAsync(name, Arg.Any<CancellationToken>()).Returns(user);

    private ICaller Anybody() => Who((_, _) => true);

    private ICaller Nobody() => Who((_, _) => false);

    private ICaller Who(Func<PermissionAction, ResourceObject, bool> decide) => Callers.Who((action, target) =>
    {
        _asked.Add((action, target));
        return decide(action, target);
    });

    private Task<Result<int>> RunAsync<TRequest>(TRequest request, ICaller caller)
        where TRequest : IQuery<int> =>
        new AuthorizeBehavior<TRequest, Result<int>>(
                caller, Substitute.For<IFeatureGate>(), new RequestTargets(caller, _organizations, _users, _organization, _user), _organization, new AssumedSession(), [])
            .Handle(request, CancellationToken.None, () => Task.FromResult<Result<int>>(++_handled));

    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
    public sealed record Shown(string User) : IQuery<int>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, IncludeDeleted = true)]
    public sealed record WithDeleted(string User) : IQuery<int>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, PermissionAction.ReadPersonal)]
    public sealed record Personal(string User) : IQuery<int>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, OnlySelf = true)]
    public sealed record Own(string User) : IQuery<int>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Update)]
    public sealed record Keys(string User) : IQuery<int>, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.OrganizationMember, PermissionAction.Read)]
    public sealed record Member(string Organization, string User) : IQuery<int>, IOrganizationRequest, IUserRequest;

    [RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
    [RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Create, HideRefusal = true)]
    [RequiresPermission(ResourceType.AssignOrgRole, PermissionAction.Assign, HideRefusal = true)]
    public sealed record Added(string Organization, string User) : IQuery<int>, IOrganizationRequest, IUserRequest;

    [RequiresSession]
    public sealed record Forgetful(string User) : IQuery<int>, IUserRequest;
}
