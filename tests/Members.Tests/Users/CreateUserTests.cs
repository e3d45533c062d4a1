using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>Members specification 3.3 (cases 61 to 73), in its order.</summary>
public sealed class CreateUserTests
{
    private const string Strong = "New-Horse-9-Battery";
    private static readonly CreateUserRequest Cleo = new("cleo@acme.test", "cleo", "Cleo", Strong, null, null, [Desk.Acme], null);
    private static readonly CreateUserRequest Robot = new(null, "robot", null, null, null, null, [Desk.Acme], true);
    private readonly Desk _desk = new();
    private readonly IFeatureGate _features = Substitute.For<IFeatureGate>();
    private readonly IOrganizationDirectory _directory = Substitute.For<IOrganizationDirectory>();

    public CreateUserTests()
    {
        _directory.FindAsync(Desk.Acme.ToString(), default).ReturnsForAnyArgs(_desk.Organization.Value);
        _desk.Rights.Allow(PermissionAction.Read, ResourceObject.Organization(Desk.Acme));
        _desk.Rights.Allow(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, Desk.Acme));
        _desk.Rights.Allow(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, Desk.Acme));
    }

    [Fact]
    public async Task A_service_account_has_no_password_no_address_and_no_login()
    {
        await RefusedAsync("400 Service accounts must use login type 'none'.", Robot with { LoginType = "password", Password = Strong, Email = "r@acme.test" });
        await RefusedAsync("400 Password cannot be set for service accounts.", Robot with { Password = Strong, Email = "r@acme.test", LoginType = "none" });
        await RefusedAsync("400 Email cannot be set for service accounts.", Robot with { Email = "r@acme.test", OrganizationIds = [] });
    }

    [Fact]
    public async Task A_service_account_needs_its_feature_before_anything_is_looked_at()
    {
        _features.Check("service_accounts").Returns(Error.Forbidden);
        await RefusedAsync(Desk.Said(Error.Forbidden), Robot with { OrganizationIds = [] });
        Assert.True((await SendAsync(Cleo)).IsSuccess);
    }

    [Fact]
    public async Task The_shape_comes_before_the_organizations_and_those_before_names_that_are_taken()
    {
        await RefusedAsync("400 A password can only be set for the login type password.", Cleo with { LoginType = "none", OrganizationIds = null });
        _desk.Settings.DisablePasswordAuth = true;
        await RefusedAsync("403 Password authentication is disabled.", Cleo with { OrganizationIds = null });
        _desk.Settings.DisablePasswordAuth = false;
        await RefusedAsync("400 Validation failed. [organization_ids]", Cleo with { OrganizationIds = [] });
        await RefusedAsync("400 Validation failed. [organization_ids]", Cleo with { OrganizationIds = null });
        Assert.Empty(_desk.Users.ReceivedCalls());
    }

    [Fact]
    public async Task A_taken_name_comes_before_the_organization_and_that_before_the_account()
    {
        _directory.FindAsync("", default).ReturnsForAnyArgs((OrganizationInfo?)null);
        _desk.Users.FindTakenAsync("cleo", "cleo@acme.test", default).ReturnsForAnyArgs(Error.Conflict("Taken.", "email"));
        await RefusedAsync("409 Taken. [email]", Cleo with { Password = "weak" });
        _desk.Users.FindTakenAsync("", "", default).ReturnsForAnyArgs((Error?)null);
        await RefusedAsync(Desk.Said(Error.NotFound), Cleo with { Password = "weak" });
        _directory.FindAsync("", default).ReturnsForAnyArgs(_desk.Organization.Value with { Id = Desk.Ben });
        await RefusedAsync(Desk.Said(Error.NotFound), Cleo with { Password = "weak" });
        _directory.FindAsync("", default).ReturnsForAnyArgs(_desk.Organization.Value);
        _desk.Assignment.CheckNewMember(null!, default, null!).ReturnsForAnyArgs(Error.Forbidden);
        await RefusedAsync("400 Validation failed. [password]", Cleo with { Password = "weak" });
        await RefusedAsync("400 This login type is not configured. [login_type]", Cleo with { Password = null, LoginType = "oidc" });
        await RefusedAsync("400 Validation failed. [login_type]", Cleo with { Password = null, LoginType = "magic" });
        await RefusedAsync(Desk.Said(Error.Forbidden), Cleo);
    }

    [Fact]
    public async Task A_name_that_is_taken_at_this_moment_is_told_and_nobody_joins()
    {
        _desk.Users.InsertAsync(null!, default).ReturnsForAnyArgs(Error.Conflict("Taken.", "username"));
        Assert.Equal("409 Taken. [username]", Desk.Said(await SendAsync(Cleo)));
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task The_account_is_dormant_and_joins_each_organization_once()
    {
        var answer = (await SendAsync(Cleo with { OrganizationIds = [Desk.Acme, Guid.Empty, Desk.Acme] })).Value;

        var made = Assert.IsType<NewUser>(_desk.Users.ReceivedCalls().Last().GetArguments()[0]);
        Assert.Equal(new NewUser(answer.Id, "cleo", "cleo@acme.test", "Cleo", $"hash of {Strong}", "dormant", "password", made.SiteRoles, false), made);
        Assert.Empty(made.SiteRoles);
        Assert.Equal($"Insert(Acme, {answer.Id})", Desk.Calls(_desk.Memberships));
        Assert.Equal(["Acme", "default"], _directory.ReceivedCalls().Select(call => call.GetArguments()[0]!.ToString()!.Replace(Desk.Acme.ToString(), "Acme", StringComparison.Ordinal)));
        var entry = Assert.Single(_desk.Audit.Entries);
        Assert.Equal(("cleo", answer.Id, 201), (entry.Target, entry.ResourceId, entry.SuccessStatus));
        Assert.Same(answer, entry.After);
    }

    [Fact]
    public async Task A_service_account_signs_in_with_nothing_and_takes_the_status_that_was_asked_for()
    {
        var answer = (await SendAsync(Robot with { UserStatus = "active" })).Value;
        var made = Assert.IsType<NewUser>(_desk.Users.ReceivedCalls().Last().GetArguments()[0]);
        Assert.Equal(new NewUser(answer.Id, "robot", "", "", "", "active", "none", made.SiteRoles, true), made);
    }

    [Fact]
    public async Task What_older_clients_send_means_the_same()
    {
        await SendAsync(Cleo with { OrganizationIds = null, OrganizationId = Guid.Empty, DisableLogin = false, LoginType = "" });
        Assert.Equal("default", Assert.Single(_directory.ReceivedCalls()).GetArguments()[0]);
        _directory.ClearReceivedCalls();
        await SendAsync(Cleo with { OrganizationId = Guid.Empty });
        Assert.Equal(Desk.Acme.ToString(), Assert.Single(_directory.ReceivedCalls()).GetArguments()[0]);
        await SendAsync(Cleo with { OrganizationId = Desk.Acme, OrganizationIds = null });
        Assert.Equal(3, Desk.Calls(_desk.Memberships).Split('\n').Length);

        await SendAsync(Cleo with { DisableLogin = true, Password = null });
        Assert.Equal("none", Assert.IsType<NewUser>(_desk.Users.ReceivedCalls().Last().GetArguments()[0]).LoginType);
    }

    [Fact]
    public async Task Login_by_github_is_stored_and_one_that_contradicts_itself_is_refused()
    {
        await SendAsync(Cleo with { Password = null, LoginType = "github" });
        Assert.Equal("github", Assert.IsType<NewUser>(_desk.Users.ReceivedCalls().Last().GetArguments()[0]).LoginType);
        var refused = new CreateUserValidator().Validate(new CreateUserCommand(Body<CreateUserRequest>.Of(Cleo with { LoginType = "password", DisableLogin = true })));
        Assert.Equal("disable_login", Assert.Single(refused.Errors).PropertyName);
    }

    [Fact]
    public async Task Roles_are_given_with_the_checks_of_giving_roles_and_nobody_is_made_when_one_is_refused()
    {
        _desk.Assignment.CheckSite(null!, null!, null!).ReturnsForAnyArgs(Error.Forbidden);
        await RefusedAsync(Desk.Said(Error.Forbidden), Cleo with { Roles = ["auditor"] });
        _desk.Guard.LockOwnersAsync(default).ReturnsForAnyArgs(Error.NotFound);
        await RefusedAsync(Desk.Said(Error.NotFound), Cleo with { Roles = ["owner"] });

        _desk.Assignment.CheckSite(null!, null!, null!).ReturnsForAnyArgs((Error?)null);
        await SendAsync(Cleo with { Roles = ["member", "auditor", "auditor"] });
        Assert.Equal(["auditor"], Assert.IsType<NewUser>(_desk.Users.ReceivedCalls().Last().GetArguments()[0]).SiteRoles);
        await _desk.Guard.ReceivedWithAnyArgs(1).LockOwnersAsync(default);
    }

    private async Task RefusedAsync(string said, CreateUserRequest body)
    {
        Assert.Equal(said, Desk.Said(await SendAsync(body)));
        await _desk.Users.DidNotReceiveWithAnyArgs().InsertAsync(null!, default);
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    private Task<Result<User>> SendAsync(CreateUserRequest body) => new CreateUserHandler(
            _desk.Users, new NewUserChecks(_features, _desk.Users, _directory, _desk.Rules, _desk.Passwords, new SiteRoleGrant(_desk.Guard, _desk.Assignment, _desk.Caller)), _desk.Memberships, _desk.Answers, _desk.Audit)
        .Handle(new CreateUserCommand(Body<CreateUserRequest>.Of(body)), CancellationToken.None);
}
