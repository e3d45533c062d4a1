using Monolith.Roles.Contracts;

namespace Monolith.Members.Organizations;

internal sealed class UpdateWorkspaceSharingEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPatch(
            "/organizations/{organization}/settings/workspace-sharing",
            (string organization, Body<UpdateWorkspaceSharingRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateWorkspaceSharingCommand(organization, body), ct).Ok())
        .For<UpdateWorkspaceSharingCommand>("update-workspace-sharing-settings-for-organization", "Decides who may share workspaces in an organization.")
        .Produces<WorkspaceSharingSettings>()
        .Fails(409);
}

/// <summary>What to change; neither leaves everything as it is.</summary>
/// <param name="SharingDisabled">Of older clients: true is <c>none</c>, false <c>everyone</c>. It counts where the owners are left out or empty.</param>
/// <param name="ShareableWorkspaceOwners"><c>none</c>, <c>everyone</c> or <c>service_accounts</c>.</param>
internal sealed record UpdateWorkspaceSharingRequest(bool? SharingDisabled, [property: OneOf("ShareableWorkspaceOwners", "none", "everyone", "service_accounts")] string? ShareableWorkspaceOwners)
{
    /// <summary>Null when nothing is to change.</summary>
    public string? WantedOwners() =>
        !string.IsNullOrEmpty(ShareableWorkspaceOwners) ? ShareableWorkspaceOwners
        : SharingDisabled is not { } off ? null
        : off ? WorkspaceSharing.None
        : WorkspaceSharing.Everyone;
}

[RequiresPermission(ResourceType.Organization, PermissionAction.Update)]
internal sealed record UpdateWorkspaceSharingCommand(string Organization, Body<UpdateWorkspaceSharingRequest> Body) : ICommand<WorkspaceSharingSettings>, IOrganizationRequest;

internal sealed class UpdateWorkspaceSharingValidator : AbstractValidator<UpdateWorkspaceSharingCommand>
{
    public UpdateWorkspaceSharingValidator() =>
        RuleFor(command => command.Body.Value.ShareableWorkspaceOwners).Must(owners => string.IsNullOrEmpty(owners) || WorkspaceSharing.All.Contains(owners))
            .OverridePropertyName("shareable_workspace_owners").WithMessage($"Must be one of {string.Join(", ", WorkspaceSharing.All)}.");
}

internal sealed class UpdateWorkspaceSharingHandler(CurrentOrganization current, IWorkspaceSharingStore store, WorkspaceSharingSwitch deployment, AuditTrail audit)
    : ICommandHandler<UpdateWorkspaceSharingCommand, WorkspaceSharingSettings>
{
    private static readonly Error Off = Error.Conflict("Workspace sharing is disabled for the whole deployment.");

    public async Task<Result<WorkspaceSharingSettings>> Handle(UpdateWorkspaceSharingCommand request, CancellationToken cancellationToken)
    {
        var organization = current.Value;
        var wanted = request.Body.Value.WantedOwners();
        var before = await store.ReplaceAsync(organization.Id, deployment.IsOff ? null : wanted, cancellationToken);
        var after = WorkspaceSharingSettings.Of(wanted ?? before, deployment);
        audit.Record(new AuditEntry(
            AuditAction.Write, "organization", organization.Id, organization.Name, organization.Id, Before: WorkspaceSharingSettings.Of(before, deployment), After: after));
        return deployment.IsOff ? Off : after;
    }
}
