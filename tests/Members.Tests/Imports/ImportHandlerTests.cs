using Monolith.Kernel.Authorization;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Members.Imports;
using Monolith.Members.Users;

namespace Monolith.Members.Tests.Imports;

/// <summary>One batch of an import: what it makes, joins, leaves alone and refuses (contract 7.1 and 7.5, the checks of a new account).</summary>
public sealed class ImportHandlerTests
{
    private readonly IFeatureGate _features = Substitute.For<IFeatureGate>();
    private readonly Desk _desk = new();
    private readonly IKnownAccountReader _reader = Substitute.For<IKnownAccountReader>();
    private readonly IOrganizationDirectory _directory = Substitute.For<IOrganizationDirectory>();

    public ImportHandlerTests()
    {
        _directory.FindAsync("acme", default).ReturnsForAnyArgs(call => call.Arg<string>() is "default" or "acme" ? _desk.Organization.Value : null);
        _reader.FindAsync(null!, null!, default).ReturnsForAnyArgs([new KnownAccount(Desk.Ben, "ben", "ben", "ben@acme.test", false)]);
        _desk.Users.InsertAllAsync(null!, default).ReturnsForAnyArgs(call => (call.Arg<IReadOnlyList<NewUser>?>() ?? []).Select(user => user.Id).ToHashSet());
        _desk.Memberships.InsertAsync(default, null!, default).ReturnsForAnyArgs((Desk.Now, []));
        _desk.Memberships.MembersAmongAsync(default, null!, default).ReturnsForAnyArgs([]);
        _desk.Rights.Allow(PermissionAction.Read, ResourceObject.Organization(Desk.Acme));
        _desk.Rights.Allow(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, Desk.Acme));
        _desk.Rights.Allow(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, Desk.Acme));
    }

    [Fact]
    public async Task Accounts_are_made_at_once_join_once_and_leave_a_row_each()
    {
        var results = (await ImportAsync(null, Row(1, "ann@acme.test"), Row(2, "BEN@acme.test"), Row(3, "cleo@acme.test", roles: "auditor"), Row(4, "ann@acme.test"))).Value;
        Assert.Equal("1 Created ann, 2 Unchanged ben, 3 Created cleo, 4 Unchanged ann", Shown(results));
        await _desk.Users.Received(1).InsertAllAsync(Arg.Is<IReadOnlyList<NewUser>>(made => made.Count == 2 && made[0].Status == "dormant" && made[0].PasswordHash == ""), Arg.Any<CancellationToken>());
        await _desk.Memberships.Received(1).InsertAsync(Desk.Acme, Arg.Is<IReadOnlyCollection<Guid>>(ids => ids.Count == 2), Arg.Any<CancellationToken>());
        Assert.Equal(["ann", "cleo"], _desk.Audit.Entries.Select(entry => entry.Target));
        _desk.Assignment.Received(1).CheckSite(Arg.Any<Subject>(), Arg.Any<IReadOnlyCollection<string>>(), Arg.Any<IReadOnlyCollection<string>>());
    }

    [Fact]
    public async Task A_dry_run_writes_nothing_and_remembers_what_it_planned()
    {
        var planned = new KnownAccounts();
        Assert.Equal("1 Created ann", Shown((await ImportAsync(planned, Row(1, "ann@acme.test"))).Value));
        Assert.Equal("2 Unchanged ann, 3 Failed  username", Shown((await ImportAsync(planned, Row(2, "ann@acme.test"), Row(3, "other@acme.test", username: "ANN"))).Value));
        Assert.Empty(_desk.Users.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task A_row_is_refused_for_what_it_asks_and_for_a_name_that_is_taken_at_this_moment()
    {
        _desk.Assignment.CheckSite(null!, null!, null!).ReturnsForAnyArgs(Error.Forbidden);
        var bad = (await ImportAsync(null, Row(1, "x", username: "x"), Row(2, "b@acme.test", organization: "nowhere"), Row(3, "c@acme.test", roles: "owner-ish"), ImportRow.Unreadable(4, "", "No row."))).Value;
        Assert.Equal("1 Failed  email, 2 Failed  organizations, 3 Failed  roles, 4 Failed  ", Shown(bad));
        Assert.Empty(_desk.Users.ReceivedCalls());

        _desk.Users.InsertAllAsync(null!, default).ReturnsForAnyArgs(new HashSet<Guid>());
        Assert.Equal("1 Failed  username", Shown((await ImportAsync(null, Row(1, "late@acme.test"))).Value));
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task Members_are_added_with_their_roles_and_accounts_made_where_the_caller_may()
    {
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        Assert.Equal("1 Added ben, 2 Failed  email", Shown((await ImportMembersAsync(null, Row(1, "ben@acme.test", roles: "helper"), Row(2, "newcomer@acme.test"))).Value));
        await _desk.Memberships.Received(1).SetRolesAsync(Desk.Acme, Desk.Ben, Arg.Is<string[]>(before => before.Length == 0), Arg.Is<string[]>(after => after.Single() == "helper"), Arg.Any<CancellationToken>());
        Assert.StartsWith("Create organization_member Ben ben in Acme", _desk.Audited, StringComparison.Ordinal);

        _desk.Rights.Allow(PermissionAction.Create, ResourceObject.All(ResourceType.User));
        _desk.Rights.Allow(PermissionAction.Assign, ResourceObject.All(ResourceType.AssignRole));
        _desk.Memberships.MembersAmongAsync(default, null!, default).ReturnsForAnyArgs([Desk.Ben]);
        Assert.Equal("1 Unchanged ben, 2 Created newcomer", Shown((await ImportMembersAsync(null, Row(1, "ben@acme.test"), Row(2, "newcomer@acme.test"))).Value));
    }

    [Fact]
    public async Task A_service_account_needs_its_feature_here_as_everywhere()
    {
        var robot = Row(1, "", "robot") with { ServiceAccount = true, Email = null };
        Assert.Equal("1 Created robot", Shown((await ImportAsync(new KnownAccounts(), robot)).Value));
        _features.Check("service_accounts").Returns(Error.Forbidden);
        Assert.Equal("1 Failed  ", Shown((await ImportAsync(new KnownAccounts(), robot)).Value));
    }

    [Fact]
    public async Task Whoever_is_hidden_is_absent_and_roles_that_may_not_be_given_refuse_the_row()
    {
        Assert.Equal("1 Failed  email", Shown((await ImportMembersAsync(null, Row(1, "ben@acme.test"))).Value));
        _desk.Rights.AllowOnBen(PermissionAction.Read);
        _desk.Assignment.CheckOrganizationAsync(null!, default, null!, null!, default).ReturnsForAnyArgs(Error.Forbidden);
        Assert.Equal("1 Failed  roles", Shown((await ImportMembersAsync(null, Row(1, "ben@acme.test", roles: "organization-admin"))).Value));
        _desk.Assignment.CheckNewMember(null!, default, null!).ReturnsForAnyArgs(Error.Forbidden);
        Assert.Equal(Desk.Said(Error.Forbidden), Desk.Said(await ImportMembersAsync(null, Row(1, "ben@acme.test"))));
        Assert.Empty(_desk.Audited);
    }

    private static ImportRow Row(int number, string email, string? username = null, string? organization = null, string? roles = null) =>
        new(number, email, username, null, null, null, null, organization is null ? [] : [organization], roles is null ? [] : [roles], false);

    private static string Shown(IReadOnlyList<ImportRowResult> results) =>
        string.Join(", ", results.Select(one => $"{one.Row} {one.Outcome} {one.Username}{(one.Errors is { } errors ? $" {errors[0].Field}" : "")}"));

    private AccountImporter Importer()
    {
        var grant = new SiteRoleGrant(_desk.Guard, _desk.Assignment, _desk.Caller);
        var checks = new NewUserChecks(_features, _desk.Users, _directory, _desk.Rules, _desk.Passwords, grant);
        return new AccountImporter(_reader, new AccountChecks(checks, grant, _directory, _desk.Rules, _desk.Passwords), _desk.Users, _desk.Memberships, _desk.Audit);
    }

    private Task<Result<IReadOnlyList<ImportRowResult>>> ImportAsync(KnownAccounts? planned, params ImportRow[] rows) =>
        new ImportUsersHandler(Importer()).Handle(new ImportUsersCommand(rows, planned), CancellationToken.None);

    private Task<Result<IReadOnlyList<ImportRowResult>>> ImportMembersAsync(KnownAccounts? planned, params ImportRow[] rows)
    {
        var joins = new MemberJoins(_desk.Memberships, _desk.Assignment, _desk.Organization, _desk.Caller, _desk.Audit);
        var access = new ImportAccess(_desk.Caller, new RequestTargets(_desk.Caller, _directory, Substitute.For<IUserDirectory>(), _desk.Organization, _desk.Target), _desk.Organization);
        return new ImportMembersHandler(Importer(), joins, _desk.Rules, _desk.Organization, access).Handle(new ImportMembersCommand("acme", rows, planned), CancellationToken.None);
    }
}
