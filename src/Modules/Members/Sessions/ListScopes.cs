using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class ListScopesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/auth/scopes",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListScopesQuery(), ct).Ok())
        .For<ListScopesQuery>("list-api-key-scopes", "Lists the scopes that a token may be made with.")
        .WithTags("Authorization")
        .Produces<ScopeList>();
}

/// <param name="External">Canonical names, sorted; the older names <c>all</c> and <c>application_connect</c> are accepted too.</param>
internal sealed record ScopeList(IReadOnlyList<string> External);

[AllowAnonymousRequest("The names are the same for everybody.")]
internal sealed record ListScopesQuery : IQuery<ScopeList>;

internal sealed class ListScopesHandler(IKeyScopes scopes) : IQueryHandler<ListScopesQuery, ScopeList>
{
    public Task<Result<ScopeList>> Handle(ListScopesQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<ScopeList>>(new ScopeList(scopes.Requestable));
}
