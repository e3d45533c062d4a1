using Microsoft.AspNetCore.Mvc;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

internal sealed class SetMemberRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/organizations/{organization}/members/{user}/roles",
            (string organization, string user, [FromHeader(Name = "If-Match")] string? ifMatch, Body<UpdateRoles> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new SetMemberRolesCommand(organization, user, ifMatch, body), ct).Ok())
        .For<SetMemberRolesCommand>("assign-role-to-organization-member", "Replaces the roles of a member in an organization.")
        .Produces<OrganizationMember>()
        .Tagged()
        .Fails(412);
}

[RequiresPermissionInHandler(ResourceType.OrganizationMember, PermissionAction.Read, HideRefusal = true)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Assign, PermissionAction.Unassign)]
internal sealed record SetMemberRolesCommand(string Organization, string User, string? IfMatch, Body<UpdateRoles> Body)
    : ICommand<OrganizationMember>, IOrganizationRequest;

internal sealed class SetMemberRolesValidator : AbstractValidator<SetMemberRolesCommand>
{
    public SetMemberRolesValidator() => RuleFor(command => command.Body.Value).SetValidator(new UpdateRolesValidator()).OverridePropertyName("");
}

internal sealed class SetMemberRolesHandler(
    MemberTarget target,
    ICaller caller,
    IRoleAssignment assignment,
    IMembershipWriter writer,
    RoleChangeRecorder notes)
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

        var wanted = request.Body.Value.Roles!.Where(role => role != RoleName.OrganizationMember).Distinct(StringComparer.Ordinal).ToArray();
        if (await assignment.CheckOrganizationAsync(caller.Subject, stored.OrganizationId, stored.Roles, wanted, cancellationToken) is { } refusal)
            return refusal;
        if (RoleTag.Check(request.IfMatch, stored.Roles) is { } stale)
            return stale;

        await writer.SetRolesAsync(stored.OrganizationId, user.Id, stored.Roles, wanted, cancellationToken);
        return await notes.ChangedAsync(user, stored, wanted, cancellationToken);
    }
}

/// <summary>What a role change leaves behind: the audit row, and the answer with the entity tag that the next GET of the member gives.</summary>
internal sealed class RoleChangeRecorder(AuditTrail audit, IReadStore<MemberRow> members, MemberResponses responses)
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
internal sealed class MemberTarget(RequestTargets targets, CurrentUser user, IMembershipLock memberships)
{
    private static readonly RequiresPermissionOnUserAttribute Readable = new(ResourceType.OrganizationMember, PermissionAction.Read);

    public async Task<Result<(UserInfo User, StoredMembership Stored)>> LockAsync(string reference, CancellationToken cancellationToken)
    {
        if (await targets.EnterUserAsync(reference, Readable, cancellationToken) is { } hidden)
            return hidden;
        return await memberships.TakeAsync(user.Id, cancellationToken) is { } stored ? (user.Value, stored) : Error.UserNotFound;
    }
}
