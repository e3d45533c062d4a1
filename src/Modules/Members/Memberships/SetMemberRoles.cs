using Microsoft.AspNetCore.Mvc;
using Monolith.Members.Contracts;
using Monolith.Members.Data;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

internal sealed class SetMemberRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/api/v2/organizations/{organization}/members/{user}/roles",
            (string organization, string user, [FromHeader(Name = "If-Match")] string? ifMatch, Body<UpdateRoles> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new SetMemberRolesCommand(organization, user, ifMatch, body), ct).Ok())
        .WithName("assign-role-to-organization-member")
        .WithTags("Members")
        .Produces<OrganizationMember>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(403)
        .Produces<ErrorBody>(404)
        .Produces<ErrorBody>(412);
}

/// <summary>The complete new set of bare role names; null counts as empty, leaving it out is an error.</summary>
internal sealed record UpdateRoles
{
    private readonly IReadOnlyList<string>? _roles;

    public IReadOnlyList<string>? Roles
    {
        get => _roles;
        init => (_roles, WasSent) = (value ?? [], true);
    }

    [System.Text.Json.Serialization.JsonIgnore]
    public bool WasSent { get; private init; }
}

[RequiresPermissionInHandler(ResourceType.OrganizationMember, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Assign, PermissionAction.Unassign)]
internal sealed record SetMemberRolesCommand(string Organization, string User, string? IfMatch, Body<UpdateRoles> Body)
    : ICommand<OrganizationMember>, IOrganizationRequest;

internal sealed class SetMemberRolesValidator : AbstractValidator<SetMemberRolesCommand>
{
    public SetMemberRolesValidator() => RuleFor(command => command.Body.Value).SetValidator(new UpdateRolesValidator()).OverridePropertyName("");
}

internal sealed class UpdateRolesValidator : AbstractValidator<UpdateRoles>
{
    public UpdateRolesValidator() => RuleFor(body => body.Roles)
        .Cascade(CascadeMode.Stop)
        .Must((body, _) => body.WasSent).OverridePropertyName("roles").WithMessage("Required.")
        .Must(roles => roles!.Count <= 100 && roles.All(role => role is { Length: <= 100 })).WithMessage("At most 100 role names, each at most 100 characters.");
}

internal sealed class SetMemberRolesHandler(
    Db<MembersModule> db,
    MemberTarget target,
    ICaller caller,
    IRoleAssignment assignment,
    IDispatcher events,
    MemberRoleNotes notes)
    : ICommandHandler<SetMemberRolesCommand, OrganizationMember>
{
    public async Task<Result<OrganizationMember>> Handle(SetMemberRolesCommand request, CancellationToken cancellationToken)
    {
        var found = await target.LockAsync(request.User, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var (user, stored) = found.Value;
        if (user.Id == caller.UserId)
            return Error.BadRequest("You cannot change your own organization roles.", "Another user with the right to do so must change them.");

        var wanted = request.Body.Value.Roles!.Where(role => role != "organization-member").Distinct(StringComparer.Ordinal).ToArray();
        if (await assignment.CheckOrganizationAsync(caller.Subject, stored.OrganizationId, stored.Roles, wanted, cancellationToken) is { } refusal)
            return refusal;
        if (RoleTag.Check(request.IfMatch, stored.Roles) is { } stale)
            return stale;

        await db.ExecuteAsync(Update, new { organization_id = stored.OrganizationId, user_id = user.Id, roles = wanted }, cancellationToken);
        if (!wanted.ToHashSet().SetEquals(stored.Roles))
            await events.PublishAsync(new MemberRolesChanged(stored.OrganizationId, user.Id, stored.Roles, wanted), cancellationToken);
        return await notes.ChangedAsync(user, stored, wanted, cancellationToken);
    }

    private const string Update =
        """
        update members.organization_members
        set roles = @roles
        where organization_id = @organization_id and user_id = @user_id
        """;
}

/// <summary>What a role change leaves behind: the audit row, and the answer with the entity tag that the next GET of the member gives.</summary>
internal sealed class MemberRoleNotes(AuditTrail audit, IReadStore<MemberRow> members, MemberResponses responses)
{
    public async Task<OrganizationMember> ChangedAsync(UserInfo user, StoredMembership before, string[] after, CancellationToken cancellationToken)
    {
        audit.Record(new AuditEntry(
            AuditAction.Write, "organization_member", user.Id, user.Username, before.OrganizationId, Before: new { before.Roles }, After: new { Roles = after }));
        var row = (await members.SingleOrDefaultAsync(new MemberOf(before.OrganizationId, user.Id), cancellationToken))!;
        var member = await responses.ToResponseAsync(row, cancellationToken);
        return new OrganizationMember(member.UserId, member.OrganizationId, member.CreatedAt, member.UpdatedAt, member.Roles);
    }
}

/// <summary>The member whom a route names, found after the body was read: a bad body must not tell users outside the organization from names that nobody has.</summary>
internal sealed class MemberTarget(RequestTargets targets, CurrentUser user, MembershipLock memberships)
{
    private static readonly RequiresPermissionOnUserAttribute Readable = new(ResourceType.OrganizationMember, PermissionAction.Read);

    public async Task<Result<(UserInfo User, StoredMembership Stored)>> LockAsync(string reference, CancellationToken cancellationToken)
    {
        if (await targets.EnterUserAsync(reference, Readable, cancellationToken) is { } hidden)
            return hidden;
        return await memberships.TakeAsync(user.Id, cancellationToken) is { } stored ? (user.Value, stored) : Error.UserNotFound;
    }
}

/// <summary>Locks memberships in the organization of the request.</summary>
internal sealed class MembershipLock(Db<MembersModule> db, CurrentOrganization organization)
{
    /// <summary>The membership, locked to the end of the transaction; null when there is none.</summary>
    public Task<StoredMembership?> TakeAsync(Guid userId, CancellationToken cancellationToken) =>
        db.SingleOrDefaultAsync<StoredMembership>(Lock, new { organization_id = organization.Id, user_id = userId }, cancellationToken);

    private const string Lock =
        """
        select user_id, organization_id, roles, created_at, updated_at
        from members.organization_members
        where organization_id = @organization_id and user_id = @user_id
        for update
        """;
}
