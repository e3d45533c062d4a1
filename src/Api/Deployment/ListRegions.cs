using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class ListRegionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/regions",
            (HttpRequest request, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListRegionsQuery(request.Address()), ct).Ok())
        .For<ListRegionsQuery>("get-site-wide-regions-for-workspace-connections", "Lists the places that clients can connect to.")
        .Produces<RegionList>();
}

/// <summary>Where clients can connect: this server, and nothing else.</summary>
internal sealed record RegionList(IReadOnlyList<Region> Regions);

/// <summary>One place to connect to.</summary>
internal sealed record Region(Guid Id, string Name, string DisplayName, string IconUrl, bool Healthy, string PathAppUrl, string WildcardHostname);

[RequiresSession]
[NothingToValidate("It has no input of the client's.")]
internal sealed record ListRegionsQuery(string Address) : IQuery<RegionList>;

internal sealed class ListRegionsHandler : IQueryHandler<ListRegionsQuery, RegionList>
{
    public Task<Result<RegionList>> Handle(ListRegionsQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<RegionList>>(new RegionList([new Region(Guid.Empty, "primary", "Default", "", true, request.Address, "")]));
}
