using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class CheckForUpdatesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/updatecheck",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CheckForUpdatesQuery(), ct).Ok())
        .For<CheckForUpdatesQuery>("update-check", "Tells whether there is a newer version; this server asks nobody, so it is always current.")
        .Produces<UpdateCheck>();
}

/// <summary>Whether there is something newer. This server asks nobody, so it is always current.</summary>
internal sealed record UpdateCheck(bool Current, string Version, string Url);

[AllowAnonymousRequest("It says no more than the version header of every answer.")]
internal sealed record CheckForUpdatesQuery : IQuery<UpdateCheck>;

internal sealed class CheckForUpdatesHandler(ApiVersion version) : IQueryHandler<CheckForUpdatesQuery, UpdateCheck>
{
    public Task<Result<UpdateCheck>> Handle(CheckForUpdatesQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<UpdateCheck>>(new UpdateCheck(true, version.Text, ""));
}
