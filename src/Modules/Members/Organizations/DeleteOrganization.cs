using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;

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

internal sealed class DeleteOrganizationHandler(
    IOrganizationWriter organizations, IEnumerable<IOrganizationContents> others, CurrentOrganization current, AuditTrail audit)
    : ICommandHandler<DeleteOrganizationCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(DeleteOrganizationCommand request, CancellationToken cancellationToken)
    {
        if (await organizations.LockAsync(current.Id, cancellationToken) is not { } stored)
            return Error.NotFound;
        audit.Record(new AuditEntry(AuditAction.Delete, "organization", stored.Id, stored.Name, stored.Id, Before: stored));
        if (stored.IsDefault)
            return Error.BadRequest("The default organization cannot be deleted.");
        var content = await organizations.CountAsync(stored.Id, cancellationToken);
        foreach (var other in others)
            content = content.With(await other.CountAsync(stored.Id, cancellationToken));
        if (!content.IsEmpty)
            return new Error(ErrorKind.Conflict, "The organization is not empty.", content.Text);

        await organizations.DeleteAsync(stored.Id, cancellationToken);
        return new MessageBody("The organization has been deleted.");
    }
}

/// <summary>What stands in the way. One member goes with the organization.</summary>
internal sealed record OrganizationContent(long Members, long Workspaces)
{
    private IReadOnlyList<OrganizationPart> Others { get; init; } = [];

    public bool IsEmpty => !Parts().Any();

    public string Text
    {
        get
        {
            var parts = Parts().Select(part => $"{part.Count} {(part.Count == 1 ? part.One : part.Many)}").ToList();
            return $"It still has {(parts.Count > 1 ? $"{string.Join(", ", parts.SkipLast(1))} and " : "")}{parts[^1]}.";
        }
    }

    public OrganizationContent With(OrganizationPart? other) => other is null ? this : this with { Others = [.. Others, other] };

    private IEnumerable<OrganizationPart> Parts()
    {
        if (Members > 1)
            yield return new(Members - 1, "other member", "other members");
        if (Workspaces > 0)
            yield return new(Workspaces, "workspace", "workspaces");
        foreach (var other in Others)
            yield return other;
    }
}
