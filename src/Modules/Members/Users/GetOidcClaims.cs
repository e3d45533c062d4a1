namespace Monolith.Members.Users;

internal sealed class GetOidcClaimsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/oidc-claims",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetOidcClaimsQuery(), ct).Ok())
        .For<GetOidcClaimsQuery>("get-oidc-claims", "Answers what an identity provider says about the caller; 400 for those who do not sign in by one.")
        .Produces<OidcClaims>()
        .Fails(400);
}

/// <summary>What an identity provider says, by the name of the claim.</summary>
internal sealed record OidcClaims(IReadOnlyDictionary<string, string> Claims);

[RequiresSession]
internal sealed record GetOidcClaimsQuery : IQuery<OidcClaims>;

internal sealed class GetOidcClaimsHandler : IQueryHandler<GetOidcClaimsQuery, OidcClaims>
{
    public Task<Result<OidcClaims>> Handle(GetOidcClaimsQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<OidcClaims>>(Error.BadRequest("You do not sign in by an identity provider.", "No identity provider is configured."));
}
