using Microsoft.Extensions.Time.Testing;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using Monolith.Web.Http;

namespace Monolith.Roles.Tests;

/// <summary>Roles specification 5.4, 5.8 and 5.9: the checks of the three commands in their order, what they store, and the trace that each attempt leaves.</summary>
public sealed class CustomRoleCommandTests
{
    private static readonly PermissionView ReadTemplates = new(false, "template", "read");
    private static readonly CustomRoleRequest Wanted = new("Night-Shift", "Night shift", null, [ReadTemplates, ReadTemplates], null, null);
    private static readonly CustomRole Stored = new(Ids.Of("role"), Ids.Org, "night-shift", "Old", "[]", 4);
    private static readonly CustomRole Changed = Stored with { DisplayName = "Night shift", Version = 5 };

    private readonly ICustomRoleStore _store = Substitute.For<ICustomRoleStore>();
    private readonly ICaller _caller = Substitute.For<ICaller>();
    private readonly IDispatcher _events = Substitute.For<IDispatcher>();
    private readonly CurrentOrganization _organization = new() { Value = new OrganizationInfo(Ids.Org, "acme", "Acme", false, []) };
    private readonly ResponseHeaders _notes = new();
    private readonly AuditTrail _audit;

    public CustomRoleCommandTests()
    {
        var clock = new FakeTimeProvider();
        _audit = new AuditTrail(_caller, clock, new RefusalCounts(clock), Substitute.For<IAuditWriter>());
        _caller.IsAuthenticated.Returns(true);
        As("owner");
        _store.InsertAsync(default, "", "", null!, default).ReturnsForAnyArgs(Changed);
        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs(Stored);
        _store.UpdateAsync(default, "", null!, default).ReturnsForAnyArgs(Changed);
    }

    [Fact]
    public async Task A_refused_creation_asks_the_store_nothing_before_rights_and_permissions_and_leaves_a_trace()
    {
        As("auditor");
        Assert.Equal(404, (await CreateAsync(Wanted)).Error!.Status);
        As("owner");
        Assert.Equal(400, (await CreateAsync(Wanted with { OrganizationPermissions = [new(true, "template", "read")] })).Error!.Status);
        Assert.Empty(_store.ReceivedCalls());
        _store.IsFullAsync(default, "", default).ReturnsForAnyArgs(true);
        Assert.Equal(CustomRoleRules.TooMany, (await CreateAsync(Wanted)).Error);
        await _store.DidNotReceiveWithAnyArgs().InsertAsync(default, "", "", null!, default);
        _store.IsFullAsync(default, "", default).ReturnsForAnyArgs(false);
        _store.InsertAsync(default, "", "", null!, default).ReturnsForAnyArgs((CustomRole?)null);
        Assert.Equal(CustomRoleRules.NameTaken, (await CreateAsync(Wanted)).Error);
        Assert.Equal(4, _audit.Entries.Count);
        Assert.All(_audit.Entries, entry => Assert.Equal(Trace(AuditAction.Create, null), entry));
        Assert.Empty(_notes.Headers);
    }

    [Fact]
    public async Task A_role_is_stored_by_its_lower_case_name_with_each_permission_once()
    {
        Assert.Equal("night-shift", (await CreateAsync(Wanted)).Value.Name);
        await _store.Received(1).IsFullAsync(Ids.Org, "night-shift", Arg.Any<CancellationToken>());
        await _store.Received(1).InsertAsync(Ids.Org, "night-shift", "Night shift", Only(ReadTemplates), Arg.Any<CancellationToken>());
        AssertEntry(Trace(AuditAction.Create, Changed.Id), null, Changed);
        Assert.Equal($"\"{Changed.EntityTag}\"", _notes.Headers["ETag"]);
    }

    [Fact]
    public async Task A_refused_change_finds_the_role_after_the_rights_and_compares_its_tag_last()
    {
        As("auditor");
        Assert.Equal(404, (await UpdateAsync(Wanted, "\"old\"")).Error!.Status);
        Assert.Empty(_store.ReceivedCalls());
        As("owner");
        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs((CustomRole?)null);
        Assert.Equal(Error.NotFound, (await UpdateAsync(Wanted, "\"old\"")).Error);
        Assert.All(_audit.Entries, entry => Assert.Equal(Trace(AuditAction.Write, null), entry));
        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs(Stored);
        Assert.Equal(IfMatch.Stale, (await UpdateAsync(Wanted, "\"old\"")).Error);
        await _store.DidNotReceiveWithAnyArgs().UpdateAsync(default, "", null!, default);
        Assert.Equal(3, _audit.Entries.Count);
        Assert.Equal(Trace(AuditAction.Write, Stored.Id) with { Before = _audit.Entries[2].Before }, _audit.Entries[2]);
        Assert.Equal("Old", Assert.IsType<RoleView>(_audit.Entries[2].Before).DisplayName);
    }

    [Fact]
    public async Task A_change_replaces_the_locked_role_and_empties_what_is_left_out()
    {
        Assert.Equal("Night shift", (await UpdateAsync(Wanted with { DisplayName = null, OrganizationPermissions = null }, $"\"{Stored.EntityTag}\"")).Value.DisplayName);
        await _store.Received(1).FindAsync(Ids.Org, "night-shift", RoleLock.Change, Arg.Any<CancellationToken>());
        await _store.Received(1).UpdateAsync(Stored.Id, "", Only(), Arg.Any<CancellationToken>());
        AssertEntry(Trace(AuditAction.Write, Stored.Id), Stored, Changed);
        Assert.Equal($"\"{Changed.EntityTag}\"", _notes.Headers["ETag"]);
    }

    [Fact]
    public async Task A_patch_makes_a_role_that_is_not_there_and_replaces_one_that_is()
    {
        Assert.Equal("Night shift", (await PatchAsync(Wanted)).Value.DisplayName);
        await _store.Received(1).UpdateAsync(Stored.Id, "Night shift", Only(ReadTemplates), Arg.Any<CancellationToken>());
        AssertEntry(Trace(AuditAction.Write, Stored.Id), Stored, Changed);

        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs((CustomRole?)null);
        Assert.Equal("night-shift", (await PatchAsync(Wanted)).Value.Name);
        await _store.Received(1).InsertAsync(Ids.Org, "night-shift", "Night shift", Only(ReadTemplates), Arg.Any<CancellationToken>());
        Assert.Equal(AuditAction.Create, _audit.Entries[^1].Action);
    }

    [Fact]
    public async Task A_patch_goes_by_the_rules_of_both_and_loses_to_nobody_who_makes_the_role_at_that_moment()
    {
        As("auditor");
        Assert.Equal(404, (await PatchAsync(Wanted)).Error!.Status);
        As("owner");
        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs((CustomRole?)null);
        _store.IsFullAsync(default, "", default).ReturnsForAnyArgs(true);
        Assert.Equal(CustomRoleRules.TooMany, (await PatchAsync(Wanted)).Error);
        await _store.DidNotReceiveWithAnyArgs().InsertAsync(default, "", "", null!, default);
        await _store.DidNotReceiveWithAnyArgs().UpdateAsync(default, "", null!, default);

        _store.IsFullAsync(default, "", default).ReturnsForAnyArgs(false);
        _store.InsertAsync(default, "", "", null!, default).ReturnsForAnyArgs((CustomRole?)null);
        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs(null, Stored);
        Assert.True((await PatchAsync(Wanted)).IsSuccess);
        await _store.Received(1).UpdateAsync(Stored.Id, "Night shift", Only(ReadTemplates), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_role_that_is_absent_or_hidden_is_not_deleted_and_leaves_no_trace()
    {
        _caller.Subject.Returns(Actors.Isolated(Ids.Me));
        Assert.Equal("No custom role of that name was found.", (await DeleteAsync()).Error!.Detail);
        Assert.Empty(_store.ReceivedCalls());
        As("owner");
        _store.FindAsync(default, "", default, default).ReturnsForAnyArgs((CustomRole?)null);
        Assert.Equal("No custom role of that name was found.", (await DeleteAsync()).Error!.Detail);
        Assert.Empty(_audit.Entries);
        Assert.Empty(_events.ReceivedCalls());
    }

    [Fact]
    public async Task Who_may_only_read_it_locks_nothing_deletes_nothing_and_leaves_a_trace()
    {
        As("auditor");
        Assert.Equal(Error.Forbidden, (await DeleteAsync()).Error);
        await _store.Received(1).FindAsync(Ids.Org, "night-shift", RoleLock.None, Arg.Any<CancellationToken>());
        await _store.DidNotReceiveWithAnyArgs().DeleteAsync(default, default);
        AssertEntry(Trace(AuditAction.Delete, Stored.Id) with { SuccessStatus = 204 }, Stored, null);
        Assert.Empty(_events.ReceivedCalls());
    }

    [Fact]
    public async Task A_deleted_role_is_told_to_whoever_holds_it()
    {
        Assert.True((await DeleteAsync()).IsSuccess);
        Received.InOrder(() =>
        {
            _store.FindAsync(Ids.Org, "night-shift", RoleLock.Delete, Arg.Any<CancellationToken>());
            _store.DeleteAsync(Stored.Id, Arg.Any<CancellationToken>());
            _events.PublishAsync(new CustomRoleDeleted(Ids.Org, "night-shift"), Arg.Any<CancellationToken>());
        });
        AssertEntry(Trace(AuditAction.Delete, Stored.Id) with { SuccessStatus = 204 }, Stored, null);
    }

    private void As(string role) => _caller.Subject.Returns(Actors.Member(role));

    private static AuditEntry Trace(AuditAction action, Guid? id) => new(action, "custom_role", id, "night-shift", Ids.Org);

    private static IReadOnlyList<PermissionView> Only(params PermissionView[] permissions) =>
        Arg.Is<IReadOnlyList<PermissionView>>(stored => stored.SequenceEqual(permissions));

    private void AssertEntry(AuditEntry expected, CustomRole? before, CustomRole? after)
    {
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal(expected, entry with { Before = null, After = null });
        Assert.Equivalent(before is null ? null : RoleView.From(before), entry.Before);
        Assert.Equivalent(after is null ? null : RoleView.From(after), entry.After);
    }

    private Task<Result<RoleView>> CreateAsync(CustomRoleRequest body) => new CreateCustomRoleHandler(_store, _caller, _organization, _audit, _notes)
        .Handle(new CreateCustomRoleCommand("acme", Body<CustomRoleRequest>.Of(body)), CancellationToken.None);

    private Task<Result<RoleView>> PatchAsync(CustomRoleRequest body) => new PatchCustomRoleHandler(_store, _caller, _organization, _audit, _notes)
        .Handle(new PatchCustomRoleCommand("acme", Body<CustomRoleRequest>.Of(body)), CancellationToken.None);

    private Task<Result<RoleView>> UpdateAsync(CustomRoleRequest body, string? ifMatch) => new UpdateCustomRoleHandler(_store, _caller, _organization, _audit, _notes)
        .Handle(new UpdateCustomRoleCommand("acme", Body<CustomRoleRequest>.Of(body), ifMatch), CancellationToken.None);

    private Task<Result<Unit>> DeleteAsync() => new DeleteCustomRoleHandler(_store, _caller, _organization, _audit, _events)
        .Handle(new DeleteCustomRoleCommand("acme", "Night-Shift"), CancellationToken.None);
}
