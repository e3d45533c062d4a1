using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;

namespace Monolith.BuildingBlocks.Tests.Pipeline;

public sealed class AuthorizeBehaviorTests
{
    private static readonly OrganizationInfo Acme = new(Guid.CreateVersion7(), "acme", "Acme", false, []);
    private static readonly Error Unlicensed = new(ErrorKind.Forbidden, "Custom Roles is a Premium feature.");

    private readonly IFeatureGate _features = Substitute.For<IFeatureGate>();
    private readonly IOrganizationDirectory _organizations = Substitute.For<IOrganizationDirectory>();
    private readonly IUserDirectory _users = Substitute.For<IUserDirectory>();
    private readonly CurrentOrganization _current = new();
    private int _handled;

    public AuthorizeBehaviorTests() => _organizations.FindAsync("acme", Arg.Any<CancellationToken>()).Returns(Acme);

    [Fact]
    public async Task Anonymous_callers_get_401_before_anything_is_looked_at()
    {
        var answer = await RunAsync(new Guarded("acme"), Callers.Anonymous());
        Assert.Same(SessionErrors.Missing, answer.Error);
        Assert.Empty(_features.ReceivedCalls());
        Assert.Empty(_organizations.ReceivedCalls());
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task A_refused_token_says_why()
    {
        var answer = await RunAsync(new SignedIn(), Callers.Anonymous(SessionErrors.Expired));
        Assert.Same(SessionErrors.Expired, answer.Error);
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task An_open_request_needs_no_session_even_with_a_bad_token()
    {
        Assert.True((await RunAsync(new Open(), Callers.Anonymous(SessionErrors.Invalid))).IsSuccess);
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task Any_session_passes_when_only_a_session_is_needed()
    {
        Assert.True((await RunAsync(new SignedIn(), Callers.Who((_, _) => false))).IsSuccess);
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task The_feature_gate_comes_before_the_organization()
    {
        _features.Check("custom_roles").Returns(Unlicensed);
        var answer = await RunAsync(new Guarded("nobody"), Callers.Who((_, _) => true));
        Assert.Same(Unlicensed, answer.Error);
        Assert.Empty(_organizations.ReceivedCalls());
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task Absent_and_unreadable_organizations_are_the_same_value()
    {
        var absent = await RunAsync(new Guarded("nobody"), Callers.Who((_, _) => true));
        var hidden = await RunAsync(new Guarded("acme"), Callers.Who((_, _) => false));
        Assert.Same(Error.NotFound, absent.Error);
        Assert.Same(absent.Error, hidden.Error);
        Assert.Throws<InvalidOperationException>(() => _current.Value);
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task A_permission_is_asked_in_the_organization_of_the_request()
    {
        List<(PermissionAction Action, ResourceObject Target)> asked = [];
        var caller = Callers.Who((action, target) =>
        {
            asked.Add((action, target));
            return true;
        });
        Assert.True((await RunAsync(new Guarded("acme"), caller)).IsSuccess);
        Assert.Equal(
            [(PermissionAction.Read, ResourceObject.Organization(Acme.Id)), (PermissionAction.Create, ResourceObject.In(ResourceType.AssignOrgRole, Acme.Id))],
            asked);
        Assert.Same(Acme, _current.Value);
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task A_permission_is_asked_on_the_deployment_without_an_organization()
    {
        var caller = Callers.Who((action, target) => (action, target) == (PermissionAction.Create, ResourceObject.All(ResourceType.License)));
        Assert.True((await RunAsync(new Shown(), caller)).IsSuccess);
    }

    [Fact]
    public async Task A_refused_permission_is_403_or_404_as_the_request_says()
    {
        var nobody = Callers.Who((_, _) => false);
        Assert.Same(Error.Forbidden, (await RunAsync(new Shown(), nobody)).Error);
        Assert.Same(Error.NotFound, (await RunAsync(new Hidden(), nobody)).Error);
        var reader = Callers.Who((action, _) => action == PermissionAction.Read);
        Assert.Same(Error.Forbidden, (await RunAsync(new Guarded("acme"), reader)).Error);
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task A_rule_decides_after_the_session()
    {
        var rule = Substitute.For<IRequestAuthorizer<Ruled>>();
        Assert.Same(SessionErrors.Missing, (await RunAsync(new Ruled(), Callers.Anonymous(), rule)).Error);
        Assert.Empty(rule.ReceivedCalls());

        var somebody = Callers.Who((_, _) => false);
        rule.AuthorizeAsync(Arg.Any<Ruled>(), Arg.Any<CancellationToken>()).Returns(Error.UserNotFound);
        Assert.Same(Error.UserNotFound, (await RunAsync(new Ruled(), somebody, rule)).Error);
        Assert.Equal(0, _handled);

        rule.AuthorizeAsync(Arg.Any<Ruled>(), Arg.Any<CancellationToken>()).Returns((Error?)null);
        Assert.True((await RunAsync(new Ruled(), somebody, rule)).IsSuccess);
        Assert.Equal(1, _handled);
    }

    [Fact]
    public async Task A_rule_that_is_not_registered_throws()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new Ruled(), Callers.Who((_, _) => true)));
        Assert.Equal(0, _handled);
    }

    [Fact]
    public async Task A_request_without_a_requirement_fails_closed()
    {
        Assert.Same(SessionErrors.Missing, (await RunAsync(new Forgotten(), Callers.Anonymous())).Error);
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => RunAsync(new Forgotten(), Callers.Who((_, _) => true)));
        Assert.Contains(nameof(Forgotten), thrown.Message, StringComparison.Ordinal);
        Assert.Equal(0, _handled);
    }

    private Task<Result<int>> RunAsync<TRequest>(TRequest request, ICaller caller, params IRequestAuthorizer<TRequest>[] rules)
        where TRequest : Kernel.Messaging.IRequest<int> =>
        new AuthorizeBehavior<TRequest, Result<int>>(caller, _features, new RequestTargets(caller, _organizations, _users, _current, new CurrentUser()), _current, new AssumedSession(), rules)
            .Handle(request, CancellationToken.None, () => Task.FromResult<Result<int>>(++_handled));

    [AllowAnonymousRequest("test")]
    public sealed record Open : IQuery<int>;

    [RequiresSession]
    public sealed record SignedIn : IQuery<int>;

    [RequiresFeature("custom_roles")]
    [RequiresPermission(ResourceType.AssignOrgRole, PermissionAction.Create)]
    public sealed record Guarded(string Organization) : IQuery<int>, IOrganizationRequest;

    [RequiresPermission(ResourceType.License, PermissionAction.Create)]
    public sealed record Shown : IQuery<int>;

    [RequiresPermission(ResourceType.License, PermissionAction.Create, HideRefusal = true)]
    public sealed record Hidden : IQuery<int>;

    [RequiresRule(ResourceType.License, PermissionAction.Create)]
    public sealed record Ruled : IQuery<int>;

    public sealed record Forgotten : IQuery<int>;
}
