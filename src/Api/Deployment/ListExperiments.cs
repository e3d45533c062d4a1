using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class ListExperimentsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/experiments",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListExperimentsQuery(), ct).Ok())
        .For<ListExperimentsQuery>("get-enabled-experiments", "Lists the unfinished features that are switched on.")
        .Produces<IReadOnlyList<string>>();
}

/// <summary>Names of unfinished features that are switched on: none.</summary>
[RequiresSession]
internal sealed record ListExperimentsQuery : IQuery<IReadOnlyList<string>>;

internal sealed class ListExperimentsHandler : IQueryHandler<ListExperimentsQuery, IReadOnlyList<string>>
{
    public Task<Result<IReadOnlyList<string>>> Handle(ListExperimentsQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<IReadOnlyList<string>>>(Array.Empty<string>());
}
