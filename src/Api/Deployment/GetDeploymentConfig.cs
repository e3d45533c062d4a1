using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class GetDeploymentConfigEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/deployment/config",
            (HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetDeploymentConfigQuery(request.Address()), ct).Ok())
        .For<GetDeploymentConfigQuery>("get-deployment-config", "Answers the part of the configuration that published clients read.")
        .Produces<DeploymentConfig>();
}

/// <summary>The part of a deployment's configuration that published clients read. No setting of ours is among it.</summary>
internal sealed record DeploymentConfig(DeploymentValues Config, IReadOnlyList<DeploymentOption> Options);

/// <summary>Values by name.</summary>
internal sealed record DeploymentValues(string AccessUrl, OidcValues Oidc);

/// <summary>An empty <c>user_role_field</c> says that nobody's roles come from an identity provider.</summary>
internal sealed record OidcValues(string UserRoleField);

/// <summary>One option as a list shows it.</summary>
internal sealed record DeploymentOption(string Name, string Value);

[RequiresPermission(ResourceType.DeploymentConfig, PermissionAction.Read)]
[NothingToValidate("It has no input of the client's.")]
internal sealed record GetDeploymentConfigQuery(string Address) : IQuery<DeploymentConfig>;

internal sealed class GetDeploymentConfigHandler : IQueryHandler<GetDeploymentConfigQuery, DeploymentConfig>
{
    public Task<Result<DeploymentConfig>> Handle(GetDeploymentConfigQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<DeploymentConfig>>(new DeploymentConfig(new DeploymentValues(request.Address, new OidcValues("")), []));
}
