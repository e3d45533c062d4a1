using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Organizations;

internal sealed class DeleteOrganizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/organizations/{organization}",
            (string organization, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new DeleteOrganizationCommand(organization), ct).Ok())
        .For<DeleteOrganizationCommand>("delete-organization", "Deletes an organization that is empty.")
        .Produces<MessageBody>()
        .Fails(400, 409);
}

[RequiresFeature(FeatureNames.MultipleOrganizations)]
[RequiresPermission(ResourceType.Organization, PermissionAction.Delete)]
internal sealed record DeleteOrganizationCommand(string Organization) : ICommand<MessageBody>, IOrganizationRequest;

internal sealed class DeleteOrganizationHandler(IOrganizationWriter organizations, CurrentOrganization current, AuditTrail audit)
    : ICommandHandler<DeleteOrganizationCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(DeleteOrganizationCommand request, CancellationToken cancellationToken)
    {
        if (await organizations.LockAsync(current.Id, cancellationToken) is not { } stored)
            return Error.NotFound;
        audit.Record(new AuditEntry(AuditAction.Delete, "organization", stored.Id, stored.Name, stored.Id, Before: stored));
        if (stored.IsDefault)
            return Error.BadRequest("The default organization cannot be deleted.");
        if (await organizations.CountAsync(stored.Id, cancellationToken) is { IsEmpty: false } content)
            return new Error(ErrorKind.Conflict, "The organization is not empty.", content.Text);

        await organizations.DeleteAsync(stored.Id, cancellationToken);
        return new MessageBody("The organization has been deleted.");
    }
}

/// <summary>What stands in the way. One member goes with the organization.</summary>
internal sealed record OrganizationContent(long Members, long Workspaces)
{
    public bool IsEmpty => Members <= 1 && Workspaces == 0;

    public string Text => $"It still has {string.Join(" and ", Parts())}.";

    private IEnumerable<string> Parts()
    {
        if (Members > 1)
            yield return Members == 2 ? "1 other member" : $"{Members - 1} other members";
        if (Workspaces > 0)
            yield return Workspaces == 1 ? "1 workspace" : $"{Workspaces} workspaces";
    }
}
