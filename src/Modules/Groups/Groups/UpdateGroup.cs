using Microsoft.AspNetCore.Mvc;
using Monolith.Groups.Directory;
using Monolith.Members.Contracts;

namespace Monolith.Groups.Groups;

internal sealed class UpdateGroupEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPatch(
            "/groups/{group}",
            (string group, [FromHeader(Name = "If-Match")] string? ifMatch, [FromQuery(Name = "exclude_members")] string? excludeMembers, Body<UpdateGroupRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateGroupCommand(group, ifMatch, body, GroupFilterRequest.IsTrue(excludeMembers)), ct).With(document => document.ToResult()))
        .For<UpdateGroupCommand>("update-group", "Changes a group, and adds and removes members of it, all or nothing.")
        .Produces<Group>()
        .Tagged()
        .Fails(404, 409, 412);
}

/// <summary>What to change. Null leaves a value alone, as does an empty name; an empty display name or avatar clears it. Users are added first and removed then.</summary>
internal sealed record UpdateGroupRequest(
    string? Name, string? DisplayName, string? AvatarUrl, long? QuotaAllowance, IReadOnlyList<string?>? AddUsers, IReadOnlyList<string?>? RemoveUsers);

[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Update)]
internal sealed record UpdateGroupCommand(string Group, string? IfMatch, Body<UpdateGroupRequest> Body, bool ExcludeMembers = false) : ICommand<GroupDocument>;

internal sealed class UpdateGroupAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<UpdateGroupCommand>
{
    public ValueTask<Error?> AuthorizeAsync(UpdateGroupCommand request, CancellationToken cancellationToken) =>
        entrance.EnterAsync(request.Group, PermissionAction.Update, cancellationToken);
}

internal sealed class UpdateGroupValidator : AbstractValidator<UpdateGroupCommand>
{
    public UpdateGroupValidator()
    {
        RuleFor(command => command.Body.Value.Name).GroupName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.DisplayName).GroupDisplayName().OverridePropertyName("display_name");
        RuleFor(command => command.Body.Value.AvatarUrl).GroupAvatar().OverridePropertyName("avatar_url");
        RuleFor(command => command.Body.Value.QuotaAllowance).Allowance().OverridePropertyName("quota_allowance");
    }
}

internal sealed class UpdateGroupHandler(IGroupWriter groups, IMembershipHolds holds, CurrentGroup current, GroupResponses responses, AuditTrail audit)
    : ICommandHandler<UpdateGroupCommand, GroupDocument>
{
    public async Task<Result<GroupDocument>> Handle(UpdateGroupCommand request, CancellationToken cancellationToken)
    {
        if (await groups.LockAsync(current.Value, cancellationToken) is not { } stored)
            return Error.NotFound;
        if (GroupTag.Check(request.IfMatch, stored) is { } stale)
            return stale;
        var change = GroupChange.Of(request.Body.Value, stored);
        if (!change.IsSuccess)
            return Refused(stored, change.Error);
        var (wanted, add, remove) = change.Value;
        if (wanted != stored && !await groups.UpdateAsync(wanted, cancellationToken))
            return Refused(stored, GroupRules.NameTaken);

        var moved = await MoveAsync(stored, add, remove, cancellationToken);
        if (!moved.IsSuccess)
            return Refused(stored, moved.Error);
        var (came, left) = moved.Value;
        if (wanted != stored || came.Count > 0 || left.Count > 0)
            audit.Record(Entry(stored) with { Before = GroupAudit.From(stored, left), After = GroupAudit.From(wanted, came) });
        return await responses.ToDocumentAsync((await groups.LockAsync(stored, cancellationToken))!, request.ExcludeMembers, cancellationToken);
    }

    private async Task<Result<(IReadOnlyCollection<Guid> Came, IReadOnlyCollection<Guid> Left)>> MoveAsync(
        GroupRow group, IReadOnlyList<Guid> add, IReadOnlyList<Guid> remove, CancellationToken cancellationToken)
    {
        if (add.Count + remove.Count == 0)
            return ([], []);
        var held = (await holds.HoldMembersAsync(group.OrganizationId, [.. add.Union(remove)], cancellationToken)).ToDictionary(member => member.UserId);
        foreach (var stranger in add.Concat(remove).Where(id => !held.ContainsKey(id)))
            return Error.BadRequest($"User {stranger} is not a member of the organization.");

        var came = await groups.AddAsync(group, [.. add.Distinct().Select(id => held[id])], cancellationToken);
        if (came.Count < add.Count)
            return Error.BadRequest("Cannot add the same user to a group twice.", "A user is in the group already, or is named twice. Nobody was added.");
        var left = await groups.RemoveAsync(group.Id, remove, cancellationToken);
        return (came.Except(left).ToList(), left.Except(came).ToList());
    }

    private Error Refused(GroupRow stored, Error error)
    {
        audit.Record(Entry(stored));
        return error;
    }

    private static AuditEntry Entry(GroupRow stored) =>
        new(AuditAction.Write, "group", stored.Id, stored.Name, stored.OrganizationId, Before: GroupAudit.From(stored, []));
}
