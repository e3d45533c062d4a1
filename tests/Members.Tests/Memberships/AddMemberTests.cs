using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Memberships;

/// <summary>Adding one member (members specification 1.4, cases 1, 17 and 35) and several at once (1.5, case 19).</summary>
public sealed class AddMemberTests
{
    private static readonly Guid Cleo = new("00000000-0000-0000-0000-00000000000c");
    private readonly Desk _desk = new();
    private readonly IReadableUsers _people = Substitute.For<IReadableUsers>();

    public AddMemberTests()
    {
        _people.FindReadableAsync(null!, default).ReturnsForAnyArgs([_desk.Target.Value, _desk.Target.Value with { Id = Cleo, Username = "cleo" }]);
        _desk.Memberships.MembersAmongAsync(default, null!, default).ReturnsForAnyArgs([]);
    }

    [Fact]
    public async Task Who_may_not_hand_out_the_roles_that_go_with_it_adds_nobody()
    {
        _desk.Assignment.CheckNewMember(null!, default, null!).ReturnsForAnyArgs(Error.Forbidden);
        Assert.Equal(Desk.Said(Error.Forbidden), Desk.Said(await AddAsync()));
        _desk.Assignment.Received().CheckNewMember(_desk.Rights, Desk.Acme, _desk.Organization.Value.DefaultMemberRoles);
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task Somebody_who_is_a_member_is_told_from_somebody_who_has_gone()
    {
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await AddAsync()));
        _desk.Memberships.MembersAmongAsync(Desk.Acme, null!, default).ReturnsForAnyArgs([Desk.Ben]);
        var refusal = await AddAsync();
        Assert.Equal("400 The user is already an organization member.", Desk.Said(refusal));
        Assert.Equal("ben belongs to Acme Inc already.", refusal.Error!.Detail);
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task A_new_member_has_no_roles()
    {
        _desk.Memberships.InsertAsync(Desk.Acme, Desk.Ben, default).ReturnsForAnyArgs(Desk.Now);
        Assert.Equal(new OrganizationMember(Desk.Ben, Desk.Acme, Desk.Now, Desk.Now, []), (await AddAsync()).Value);
        Assert.Equal("Insert(Acme, Ben)", Desk.Calls(_desk.Memberships));
        Assert.Equal(
            "Create organization_member Ben ben in Acme: nothing -> {user_id:Ben,organization_id:Acme,created_at:2026-04-20T09:00:00Z,updated_at:2026-04-20T09:00:00Z,roles:[]}, 200",
            _desk.Audited);
    }

    [Fact]
    public async Task Several_are_refused_alike_while_a_right_or_a_person_is_missing()
    {
        _people.FindReadableAsync(null!, default).ReturnsForAnyArgs([_desk.Target.Value]);
        await NobodyIsAddedAsync();
        _people.FindReadableAsync(null!, default).ReturnsForAnyArgs([_desk.Target.Value, _desk.Target.Value with { Id = Cleo }]);
        await NobodyIsAddedAsync();
        _desk.Rights.Allow(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, Desk.Acme));
        await NobodyIsAddedAsync();
        _desk.Rights.Allow(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, Desk.Acme));
        _desk.Assignment.CheckNewMember(null!, default, null!).ReturnsForAnyArgs(Error.BadRequest("The matrix."));
        await NobodyIsAddedAsync();
    }

    [Fact]
    public async Task Several_are_added_once_each_and_noted_one_by_one()
    {
        MayAdd();
        Inserts(Desk.Ben, Cleo);
        var added = (await AddAsync(Desk.Ben, Cleo, Desk.Ben)).Value;
        Assert.Equal([Desk.Ben, Cleo], added.Select(one => one.UserId));
        Assert.All(added, one => Assert.Equal((Desk.Acme, Desk.Now, Desk.Now, 0), (one.OrganizationId, one.CreatedAt, one.UpdatedAt, one.Roles.Count)));
        Assert.Equal($"Insert(Acme, [Ben,{Cleo}])", Desk.Calls(_desk.Memberships));
        Assert.Equal(["ben", "cleo"], _desk.Audit.Entries.Select(entry => entry.Target));
        Assert.Equal(added, _desk.Audit.Entries.Select(entry => entry.After));
    }

    [Fact]
    public async Task One_who_is_a_member_already_refuses_all_and_is_named()
    {
        MayAdd();
        Inserts(Cleo);
        _desk.Memberships.MembersAmongAsync(Desk.Acme, null!, default).ReturnsForAnyArgs([Desk.Ben]);
        var refusal = await AddAsync(Desk.Ben, Cleo);
        Assert.Equal("400 Some users are already organization members. Nobody was added. [user_ids]", Desk.Said(refusal));
        Assert.StartsWith(Desk.Ben.ToString(), refusal.Error!.Validations![0].Detail, StringComparison.Ordinal);
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task One_who_has_gone_meanwhile_is_refused_like_one_who_never_was()
    {
        MayAdd();
        Inserts(Cleo);
        Assert.Equal(Desk.Said(Error.Forbidden), Desk.Said(await AddAsync(Desk.Ben, Cleo)));
    }

    private void MayAdd()
    {
        _desk.Rights.Allow(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, Desk.Acme));
        _desk.Rights.Allow(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, Desk.Acme));
    }

    private void Inserts(params Guid[] ids) =>
        _desk.Memberships.InsertAsync(Desk.Acme, (IReadOnlyCollection<Guid>)[], default).ReturnsForAnyArgs((Desk.Now, ids));

    private async Task NobodyIsAddedAsync()
    {
        Assert.Equal(Desk.Said(Error.Forbidden), Desk.Said(await AddAsync(Desk.Ben, Cleo)));
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    private Task<Result<OrganizationMember>> AddAsync() => new AddMemberHandler(_desk.Target, _desk.Organization, _desk.Memberships, _desk.Rules, _desk.Audit)
        .Handle(new AddMemberCommand("acme", "ben"), CancellationToken.None);

    private Task<Result<IReadOnlyList<OrganizationMember>>> AddAsync(params Guid[] ids) =>
        new AddMembersHandler(_people, _desk.Memberships, _desk.Organization, _desk.Rules, _desk.Audit)
            .Handle(new AddMembersCommand("acme", Body<AddOrganizationMembersRequest>.Of(new AddOrganizationMembersRequest(ids))), CancellationToken.None);
}
