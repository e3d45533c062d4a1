using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class GetBuildInfoEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/buildinfo",
            (HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetBuildInfoQuery(request.Address()), ct).Ok())
        .For<GetBuildInfoQuery>("build-info", "Tells which server this is, and in which version.")
        .Produces<BuildInfo>();
}

/// <summary>Which server this is. Clients ask before anybody signed in and compare versions.</summary>
/// <param name="ExternalUrl">A page about this version; empty when there is none.</param>
/// <param name="Version">As in <c>X-Coder-Build-Version</c>: the version of the API that this server speaks.</param>
/// <param name="DashboardUrl">Where the client reached this server.</param>
/// <param name="UpgradeMessage">What a client of another version tells its user.</param>
/// <param name="MonolithVersion">The version of this server itself.</param>
internal sealed record BuildInfo(
    string ExternalUrl,
    string Version,
    string DashboardUrl,
    bool Telemetry,
    bool WorkspaceProxy,
    string AgentApiVersion,
    string ProvisionerApiVersion,
    string UpgradeMessage,
    string DeploymentId,
    string MonolithVersion);

[AllowAnonymousRequest("Clients ask which server they speak to before they sign in.")]
[NothingToValidate("It has no input of the client's.")]
internal sealed record GetBuildInfoQuery(string Address) : IQuery<BuildInfo>;

internal sealed class GetBuildInfoHandler(ApiVersion version) : IQueryHandler<GetBuildInfoQuery, BuildInfo>
{
    public Task<Result<BuildInfo>> Handle(GetBuildInfoQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<BuildInfo>>(new BuildInfo(
            "", version.Text, request.Address, false, false, "", "", version.UpgradeMessage, "", ApiVersion.Product));
}
