using System.ComponentModel.DataAnnotations;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Sessions;

internal sealed class LoginEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/login",
            (Body<LoginRequest> body, HttpContext context, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new LoginCommand(body), ct).With(answer =>
                {
                    SessionCookies.Set(context, answer.SessionToken);
                    return ApiResults.Json(answer, StatusCodes.Status201Created);
                }))
        .For<LoginCommand>("log-in-user", "Signs in with an email address and a password.")
        .WithTags("Authorization")
        .PasswordRateLimit()
        .SetsSession()
        .Produces<LoginResponse>(201)
        .Fails(401, 403);
}

internal sealed record LoginRequest([property: Required] string? Email, [property: Required] string? Password);

internal sealed record LoginResponse(string SessionToken);

[AllowAnonymousRequest("It makes the session.")]
internal sealed record LoginCommand(Body<LoginRequest> Body) : ICommand<LoginResponse>;

internal sealed class LoginValidator : AbstractValidator<LoginCommand>
{
    public LoginValidator()
    {
        RuleFor(command => command.Body.Value.Email).Must(text => text?.Length > 0 && DisplayText.Length(text) <= 254).OverridePropertyName("email").WithMessage("Required, at most 254 characters.");
        RuleFor(command => command.Body.Value.Password).Must(text => text?.Length > 0 && DisplayText.Length(text) <= 1024).OverridePropertyName("password").WithMessage("Required, at most 1024 characters.");
    }
}

internal sealed class LoginHandler(CredentialVerifier credentials, IPasswordTries tries, SessionOpener sessions, AuditTrail audit)
    : ICommandHandler<LoginCommand, LoginResponse>
{
    public async Task<Result<LoginResponse>> Handle(LoginCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        if (tries.Count("email " + EmailAddress.Fold(body.Email!)) is { } tooMany)
            return tooMany;
        var (account, verified) = await credentials.CheckAsync(body.Email!, body.Password!, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Login, "api_key", account?.Id, account?.Username, ActorId: account?.Id, SuccessStatus: 201));
        if (account is null || !verified)
            return Incorrect;
        if (credentials.PasswordsAreOff && !account.SiteRoles.Contains(RoleName.Owner))
            return PasswordCheck.Disabled;
        if (account.LoginType != LoginType.Password)
            return new Error(ErrorKind.Forbidden, "This account does not sign in with a password.");
        if (account.Status == UserStatus.Suspended)
            return new Error(ErrorKind.Unauthenticated, "Your account is suspended. Contact an admin to reactivate it.");

        return await sessions.OpenAsync(account, cancellationToken) is { } token ? new LoginResponse(token) : Incorrect;
    }

    private static readonly Error Incorrect = new(ErrorKind.Unauthenticated, "Incorrect email or password.");
}
