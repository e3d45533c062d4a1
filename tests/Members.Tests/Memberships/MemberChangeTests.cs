using Monolith.Data.Specifications;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Memberships;

/// <summary>Roles of a member (members specification 1.7, cases 25 and 34) and the end of a membership (1.6, cases 14 and 24).</summary>
public sealed class MemberChangeTests
{
    private readonly Desk _desk = new();
    private readonly IMembershipLock _lock = Substitute.For<IMembershipLock>();
    private readonly IUserDirectory _directory = Substitute.For<IUserDirectory>();

    public MemberChangeTests()
    {
        _directory.FindAsync("ben", default).ReturnsForAnyArgs(_desk.Target.Value);
        _lock.TakeAsync(Desk.Ben, default).ReturnsForAnyArgs(Membership);
    }

    private static StoredMembership Membership => new()
    {
        UserId = Desk.Ben, OrganizationId = Desk.Acme, Roles = ["organization-admin", "night-shift"], CreatedAt = Desk.Now, UpdatedAt = Desk.Now,
    };

    [Fact]
    public async Task Refusals_of_other_roles_come_in_their_order_and_leave_no_trace()
    {
        _desk.Caller.UserId.Returns(Desk.Ben);
        _lock.TakeAsync(Desk.Ben, default).ReturnsForAnyArgs((StoredMembership?)null);
        _desk.Assignment.CheckOrganizationAsync(null!, default, null!, null!, default).ReturnsForAnyArgs(Error.Forbidden);
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SetAsync("\"old\"")));
        Assert.Empty(_lock.ReceivedCalls());
        MayRead();
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SetAsync("\"old\"")));
        Assert.Equal("Take(Ben)", Desk.Calls(_lock));
        _lock.TakeAsync(Desk.Ben, default).ReturnsForAnyArgs(Membership);
        Assert.Equal("400 You cannot change your own organization roles.", Desk.Said(await SetAsync("\"old\"")));
        _desk.Caller.UserId.Returns(Desk.Ann);
        Assert.Equal(Desk.Said(Error.Forbidden), Desk.Said(await SetAsync("\"old\"")));
        _desk.Assignment.CheckOrganizationAsync(null!, default, null!, null!, default).ReturnsForAnyArgs((Error?)null);
        Assert.Equal(Desk.Said(IfMatch.Stale), Desk.Said(await SetAsync("\"old\"")));
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task Roles_are_replaced_by_the_wanted_ones_each_once_and_without_the_implied_one()
    {
        MayRead();
        var answer = (await SetAsync($"\"{RoleTag.Of(["night-shift", "organization-admin"], "anything else")}\"", "organization-auditor", "organization-member", "organization-auditor", "day-shift")).Value;

        Assert.Equal("SetRoles(Acme, Ben, [organization-admin,night-shift], [organization-auditor,day-shift])", Desk.Calls(_desk.Memberships));
        Assert.Equal(
            "Write organization_member Ben ben in Acme: {roles:[organization-admin,night-shift]} -> {roles:[organization-auditor,day-shift]}, 200", _desk.Audited);
        Assert.Equal(["as", "stored"], answer.Roles.Select(role => role.Name));
        await _desk.Assignment.Received().CheckOrganizationAsync(
            _desk.Rights,
            Desk.Acme,
            Arg.Is<IReadOnlyCollection<string>>(stored => stored.SequenceEqual(Membership.Roles)),
            Arg.Is<IReadOnlyCollection<string>>(wanted => wanted.SequenceEqual(new[] { "organization-auditor", "day-shift" })),
            Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task The_answer_carries_the_tag_that_the_next_change_of_roles_is_asked_for()
    {
        MayRead();
        await SetAsync(null);
        Assert.Null(RoleTag.Check(_desk.Notes.Headers["ETag"], ["stored", "as"]));
        Assert.NotNull(RoleTag.Check(_desk.Notes.Headers["ETag"], Membership.Roles));
    }

    [Fact]
    public async Task Refusals_of_a_removal_come_in_their_order_and_leave_no_trace()
    {
        _desk.Caller.UserId.Returns(Desk.Ben);
        _lock.TakeAsync(Desk.Ben, default).ReturnsForAnyArgs((StoredMembership?)null);
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await RemoveAsync()));
        _lock.TakeAsync(Desk.Ben, default).ReturnsForAnyArgs(Membership);
        Assert.Equal("400 You cannot remove self from an organization.", Desk.Said(await RemoveAsync()));
        _desk.Caller.UserId.Returns(Desk.Ann);
        Assert.Equal(Desk.Said(Error.NotFound), Desk.Said(await RemoveAsync()));
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task A_removal_ends_the_membership_and_keeps_what_it_was()
    {
        _desk.Rights.Allow(PermissionAction.Delete, ResourceObject.Membership(Desk.Acme, Desk.Ben));
        Assert.True((await RemoveAsync()).IsSuccess);
        Assert.Equal("Delete(Acme, Ben)", Desk.Calls(_desk.Memberships));
        Assert.Equal(
            "Delete organization_member Ben ben in Acme: {user_id:Ben,organization_id:Acme,roles:[organization-admin,night-shift],created_at:2026-04-20T09:00:00Z,updated_at:2026-04-20T09:00:00Z} -> nothing, 204",
            _desk.Audited);
    }

    private void MayRead() => _desk.Rights.Allow(PermissionAction.Read, ResourceObject.Membership(Desk.Acme, Desk.Ben));

    private Task<Result<OrganizationMember>> SetAsync(string? ifMatch, params string[] roles)
    {
        var user = new CurrentUser();
        var targets = new RequestTargets(_desk.Caller, Substitute.For<IOrganizationDirectory>(), _directory, _desk.Organization, user);
        var stored = new InMemoryReadStore<MemberRow>(MemberMap.Table, [Rows.Member(Desk.Ben, "ben", Desk.Acme, "as", "stored")]);
        return new SetMemberRolesHandler(
                new MemberTarget(targets, user, _lock), _desk.Caller, _desk.Assignment, _desk.Memberships, new RoleChangeRecorder(_desk.Audit, stored, _desk.MemberAnswers))
            .Handle(new SetMemberRolesCommand("acme", "ben", ifMatch, Body<UpdateRoles>.Of(new UpdateRoles { Roles = roles })), CancellationToken.None);
    }

    private Task<Result<Unit>> RemoveAsync() => new RemoveMemberHandler(_desk.Target, _lock, _desk.Memberships, _desk.Caller, _desk.Audit)
        .Handle(new RemoveMemberCommand("acme", "ben"), CancellationToken.None);
}
