using Microsoft.Extensions.Time.Testing;
using Monolith.Groups.Directory;
using Monolith.Groups.Groups;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Web.Http;

namespace Monolith.Groups.Tests;

/// <summary>The commands without a database: the writer is a substitute, audit entries are looked at.</summary>
public sealed class CommandTests
{
    private static readonly Guid Acme = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Ann = new("00000000-0000-0000-0000-000000000001");
    private static readonly Guid Ben = new("00000000-0000-0000-0000-000000000002");

    private readonly IGroupWriter _groups = Substitute.For<IGroupWriter>();
    private readonly IGroupMembers _members = Substitute.For<IGroupMembers>();
    private readonly IMembershipHolds _holds = Substitute.For<IMembershipHolds>();
    private readonly ICaller _caller = Substitute.For<ICaller>();
    private readonly CurrentGroup _current = new();
    private readonly CurrentOrganization _organization = new() { Value = new(Acme, "acme", "Acme", false, []) };
    private readonly ResponseHeaders _notes = new();
    private readonly AuditTrail _audit;
    private readonly GroupRow _dev = new() { Id = Guid.CreateVersion7(), OrganizationId = Acme, Name = "dev" };

    public CommandTests()
    {
        var clock = new FakeTimeProvider();
        _audit = new AuditTrail(_caller, clock, new RefusalCounts(clock), Substitute.For<IAuditWriter>());
        _groups.LockAsync(null!, default).ReturnsForAnyArgs(call => call.Arg<GroupRow>());
        _groups.UpdateAsync(null!, default).ReturnsForAnyArgs(true);
        _groups.AddAsync(null!, null!, default).ReturnsForAnyArgs(call => [.. call.Arg<IReadOnlyCollection<HeldMember>>().Select(member => member.UserId)]);
        _groups.RemoveAsync(default, null!, default).ReturnsForAnyArgs(call => call.Arg<IReadOnlyCollection<Guid>>());
        _holds.HoldOrganizationAsync(default, default).ReturnsForAnyArgs(true);
        _holds.HoldMembersAsync(default, null!, default).ReturnsForAnyArgs(call => [.. call.Arg<IReadOnlyCollection<Guid>>().Where(id => id == Ann || id == Ben).Select(id => new HeldMember(id, "x"))]);
    }

    [Fact]
    public async Task A_new_group_is_stored_and_recorded()
    {
        _groups.InsertAsync(null!, default).ReturnsForAnyArgs(true);
        var group = (await CreateAsync("dev")).Value.Group;
        Assert.Equal(("dev", Acme, "acme", 0L), (group.Name, group.OrganizationId, group.OrganizationName, group.TotalMemberCount));
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal((AuditAction.Create, "group", group.Id, "dev", Acme, 201), (entry.Action, entry.ResourceType, entry.ResourceId!.Value, entry.Target, entry.OrganizationId!.Value, entry.SuccessStatus));
        Assert.NotNull(_notes.Headers["ETag"]);
    }

    [Fact]
    public async Task A_group_is_refused_when_the_name_is_taken_or_everybodys_or_the_organization_gone()
    {
        Assert.Equal(409, (await CreateAsync("dev")).Error!.Status);
        Assert.Equal(400, (await CreateAsync("EveryOne")).Error!.Status);
        _holds.HoldOrganizationAsync(default, default).ReturnsForAnyArgs(false);
        Assert.Equal(404, (await CreateAsync("dev")).Error!.Status);
        Assert.Equal(3, _audit.Entries.Count);
    }

    [Fact]
    public async Task A_change_records_who_came_and_left_and_nothing_when_nothing_changes()
    {
        await ChangeAsync(_dev, new(null, "Devs", null, null, [$"{Ann}"], [$"{Ben}"]));
        var entry = Assert.Single(_audit.Entries);
        var (before, after) = (Assert.IsType<GroupAudit>(entry.Before), Assert.IsType<GroupAudit>(entry.After));
        Assert.Equal(("", "Devs"), (before.DisplayName, after.DisplayName));
        Assert.Equal((Ben, Ann), (Assert.Single(before.Members), Assert.Single(after.Members)));

        await ChangeAsync(_dev, new("", null, null, null, null, null));
        await ChangeAsync(_dev, new(null, null, null, null, [$"{Ann}"], [$"{Ann}"]));
        Assert.Single(_audit.Entries);
    }

    [Theory]
    [InlineData("x", 400)]
    [InlineData(null, 400)]
    [InlineData("00000000-0000-0000-0000-000000000009", 400)]
    public async Task Who_cannot_be_added_undoes_everything(string? id, int status)
    {
        Assert.Equal(status, (await ChangeAsync(_dev, new("other", null, null, null, [$"{Ann}", id], null))).Error!.Status);
        await _groups.DidNotReceiveWithAnyArgs().AddAsync(null!, null!, default);
        Assert.Null(Assert.Single(_audit.Entries).After);
    }

    [Fact]
    public async Task The_group_of_everybody_keeps_its_name_and_members()
    {
        var everybody = _dev with { Id = Acme, Name = GroupRow.EverybodyName };
        Assert.Equal(400, (await ChangeAsync(everybody, new("all", null, null, null, null, null))).Error!.Status);
        Assert.Equal(400, (await ChangeAsync(everybody, new(null, "All", null, null, null, null))).Error!.Status);
        Assert.Equal(403, (await ChangeAsync(everybody, new(null, null, null, null, null, [$"{Ann}"]))).Error!.Status);
        Assert.True((await ChangeAsync(everybody, new("Everyone", "", null, 3, [], []))).IsSuccess);
        Assert.Equal(400, (await DeleteAsync(everybody)).Error!.Status);
    }

    [Fact]
    public async Task A_group_that_is_gone_or_changed_is_not_changed()
    {
        Assert.Equal(412, (await ChangeAsync(_dev, new("other", null, null, null, null, null), "\"stale\"")).Error!.Status);
        Assert.Equal(412, (await DeleteAsync(_dev, "\"stale\"")).Error!.Status);
        _groups.LockAsync(null!, default).ReturnsForAnyArgs((GroupRow?)null);
        Assert.Equal(404, (await ChangeAsync(_dev, new("other", null, null, null, null, null))).Error!.Status);
        Assert.Equal(404, (await DeleteAsync(_dev)).Error!.Status);
        await _groups.DidNotReceiveWithAnyArgs().UpdateAsync(null!, default);
        await _groups.DidNotReceiveWithAnyArgs().DeleteAsync(default, default);
    }

    [Fact]
    public async Task A_deletion_records_who_was_in_it()
    {
        _groups.DeleteAsync(_dev.Id, default).ReturnsForAnyArgs([Ann, Ben]);
        Assert.True((await DeleteAsync(_dev)).IsSuccess);
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal([Ann, Ben], Assert.IsType<GroupAudit>(entry.Before).Members);
        Assert.Null(entry.After);
    }

    private GroupResponses Responses => new(_members, new GroupAccess(_caller, _members), _notes);

    private Task<Result<GroupDocument>> CreateAsync(string name) =>
        new CreateGroupHandler(_groups, _holds, _organization, Responses, _audit).Handle(new CreateGroupCommand("acme", Body<CreateGroupRequest>.Of(new(name, null, null, null))), default);

    private Task<Result<GroupDocument>> ChangeAsync(GroupRow group, UpdateGroupRequest request, string? ifMatch = null)
    {
        _current.Value = group;
        return new UpdateGroupHandler(_groups, _holds, _current, Responses, _audit).Handle(new UpdateGroupCommand($"{group.Id}", ifMatch, Body<UpdateGroupRequest>.Of(request), ExcludeMembers: true), default);
    }

    private Task<Result<MessageBody>> DeleteAsync(GroupRow group, string? ifMatch = null)
    {
        _current.Value = group;
        return new DeleteGroupHandler(_groups, _current, _audit).Handle(new DeleteGroupCommand($"{group.Id}", ifMatch), default);
    }
}
