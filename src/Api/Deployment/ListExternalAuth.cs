using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class ListExternalAuthEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/external-auth",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListExternalAuthQuery(), ct).Ok())
        .For<ListExternalAuthQuery>("get-user-external-auths", "Lists the accounts at other sites that a user may link.")
        .Produces<ExternalAuthList>();
}

/// <summary>Other sites, and the accounts linked there: this server links none.</summary>
internal sealed record ExternalAuthList(IReadOnlyList<ExternalAuthProvider> Providers, IReadOnlyList<ExternalAuthLink> Links);

/// <summary>A site whose accounts may be linked.</summary>
internal sealed record ExternalAuthProvider(string Id, string Type, string DisplayName);

/// <summary>A linked account.</summary>
internal sealed record ExternalAuthLink(string ProviderId, bool Authenticated);

[RequiresSession]
internal sealed record ListExternalAuthQuery : IQuery<ExternalAuthList>;

internal sealed class ListExternalAuthHandler : IQueryHandler<ListExternalAuthQuery, ExternalAuthList>
{
    public Task<Result<ExternalAuthList>> Handle(ListExternalAuthQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ExternalAuthList>>(new ExternalAuthList([], []));
}
