using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Contracts;

namespace Monolith.Members.Memberships;

internal sealed class RemoveMemberEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/api/v2/organizations/{organization}/members/{user}",
            (string organization, string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new RemoveMemberCommand(organization, user), ct).NoContent())
        .WithName("remove-organization-member")
        .WithTags("Members")
        .Produces(204)
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(404);
}

[RequiresSession("The membership must be readable, and the caller needs organization_member:delete on it.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record RemoveMemberCommand(string Organization, string User) : IVoidCommand, IOrganizationRequest;

internal sealed class RemoveMemberHandler(Db<MembersModule> db, MembershipLookup lookup, IDispatcher events, AuditTrail audit) : ICommandHandler<RemoveMemberCommand, Unit>
{
    public async Task<Result<Unit>> Handle(RemoveMemberCommand request, CancellationToken cancellationToken)
    {
        var found = await lookup.LockAsync(request.User, cancellationToken);
        if (!found.IsSuccess)
            return found.Error;
        var (user, before, caller) = found.Value;
        if (user.Id == caller.UserId)
            return Error.BadRequest("You cannot remove self from an organization.", "Somebody else with the right to do so must remove you.");
        if (!caller.Can(PermissionAction.Delete, ResourceObject.Membership(before.OrganizationId, user.Id)))
            return Error.NotFound;

        await db.ExecuteAsync(Delete, new { organization_id = before.OrganizationId, user_id = user.Id }, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Delete, "organization_member", user.Id, user.Username, before.OrganizationId, Before: before, SuccessStatus: 204));
        await events.PublishAsync(new MembershipRemoved(before.OrganizationId, user.Id), cancellationToken);
        return Unit.Value;
    }

    private const string Delete =
        """
        delete from members.organization_members
        where organization_id = @organization_id and user_id = @user_id
        """;
}

/// <summary>A membership row under lock, as audit keeps it.</summary>
internal sealed class StoredMembership
{
    public required Guid UserId { get; init; }

    public required Guid OrganizationId { get; init; }

    public required string[] Roles { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}
