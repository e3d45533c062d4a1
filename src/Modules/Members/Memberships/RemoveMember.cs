using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

internal sealed class RemoveMemberEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/organizations/{organization}/members/{user}",
            (string organization, string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new RemoveMemberCommand(organization, user), ct).NoContent())
        .For<RemoveMemberCommand>("remove-organization-member", "Removes a user from an organization.")
        .Produces(204)
        .Fails(400);
}

[RequiresPermissionOnUser(ResourceType.OrganizationMember, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.OrganizationMember, PermissionAction.Delete, HideRefusal = true)]
internal sealed record RemoveMemberCommand(string Organization, string User) : ICommand, IOrganizationRequest, IUserRequest;

internal sealed class RemoveMemberHandler(CurrentUser target, IMembershipLock memberships, IMembershipWriter writer, ICaller caller, AuditTrail audit)
    : ICommandHandler<RemoveMemberCommand, Unit>
{
    public async Task<Result<Unit>> Handle(RemoveMemberCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        if (await memberships.TakeAsync(user.Id, cancellationToken) is not { } before)
            return Error.UserNotFound;
        if (user.Id == caller.UserId)
            return Error.BadRequest("You cannot remove self from an organization.", "Somebody else with the right to do so must remove you.");
        if (!caller.Can(PermissionAction.Delete, ResourceObject.Membership(before.OrganizationId, user.Id)))
            return Error.NotFound;

        await writer.DeleteAsync(before.OrganizationId, user.Id, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Delete, "organization_member", user.Id, user.Username, before.OrganizationId, Before: before, SuccessStatus: 204));
        return Unit.Value;
    }
}
