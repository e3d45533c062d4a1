using Monolith.Roles.Contracts;

namespace Monolith.Members.Organizations;

internal sealed class GetWorkspaceSharingEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/settings/workspace-sharing",
            (string organization, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetWorkspaceSharingQuery(organization), ct).Ok())
        .For<GetWorkspaceSharingQuery>("get-workspace-sharing-settings-for-organization", "Tells who may share workspaces in an organization.")
        .Produces<WorkspaceSharingSettings>();
}

[RequiresSession]
internal sealed record GetWorkspaceSharingQuery(string Organization) : IQuery<WorkspaceSharingSettings>, IOrganizationRequest;

internal sealed class GetWorkspaceSharingHandler(CurrentOrganization current, IWorkspaceSharingStore store, WorkspaceSharingSwitch deployment)
    : IQueryHandler<GetWorkspaceSharingQuery, WorkspaceSharingSettings>
{
    public async Task<Result<WorkspaceSharingSettings>> Handle(GetWorkspaceSharingQuery request, CancellationToken cancellationToken) =>
        WorkspaceSharingSettings.Of(await store.ReadAsync(current.Id, cancellationToken), deployment);
}
