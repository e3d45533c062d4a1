using System.Text.Json.Serialization;

namespace Monolith.Members.Sessions;

internal sealed class GetAuthMethodsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/authmethods",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetAuthMethodsQuery(), ct).Ok())
        .For<GetAuthMethodsQuery>("get-authentication-methods", "Tells which ways to sign in there are.")
        .WithTags("Authorization")
        .Produces<AuthMethods>();
}

[AllowAnonymousRequest("The sign-in page asks what to offer.")]
internal sealed record GetAuthMethodsQuery : IQuery<AuthMethods>;

/// <summary>The ways to sign in. GitHub and OIDC would say here that they are configured.</summary>
internal sealed record AuthMethods(AuthMethod Password, GithubAuthMethod Github, OidcAuthMethod Oidc);

internal sealed record AuthMethod(bool Enabled);

internal sealed record GithubAuthMethod(bool Enabled, bool DefaultProviderConfigured);

/// <summary>Two names are in camel case on the wire.</summary>
internal sealed record OidcAuthMethod(
    bool Enabled,
    [property: JsonPropertyName("signInText")] string SignInText,
    [property: JsonPropertyName("iconUrl")] string IconUrl);

internal sealed class GetAuthMethodsHandler(PasswordCheck passwords) : IQueryHandler<GetAuthMethodsQuery, AuthMethods>
{
    public Task<Result<AuthMethods>> Handle(GetAuthMethodsQuery request, CancellationToken cancellationToken) =>
        Task.FromResult<Result<AuthMethods>>(
            new AuthMethods(new AuthMethod(!passwords.IsDisabled), new GithubAuthMethod(false, false), new OidcAuthMethod(false, "", "")));
}
