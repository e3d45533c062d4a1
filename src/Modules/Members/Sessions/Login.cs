using Monolith.Members.Contracts;
using Monolith.Members.Users;

namespace Monolith.Members.Sessions;

internal sealed class LoginEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/api/v2/users/login",
            (Body<LoginRequest> body, HttpContext context, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new LoginCommand(body), ct).With(answer =>
                {
                    SessionCookies.Set(context, answer.SessionToken);
                    return Answer.Json(answer, StatusCodes.Status201Created);
                }))
        .WithName("log-in-user")
        .AllowAnonymous()
        .WithTags("Authorization")
        .TriesPassword()
        .Produces<LoginResponse>(201)
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(401)
        .Produces<ErrorBody>(403);
}

internal sealed record LoginRequest(string? Email, string? Password);

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

internal sealed class LoginHandler(Accounts accounts, IPasswordTries tries, SessionSettings options, UserWaker waker, ApiKeys keys, AuditTrail audit)
    : ICommandHandler<LoginCommand, LoginResponse>
{
    public async Task<Result<LoginResponse>> Handle(LoginCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        if (tries.Count("email " + EmailAddress.Fold(body.Email!)) is { } tooMany)
            return tooMany;
        var (account, verified) = await accounts.CheckAsync(body.Email!, body.Password!, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Login, "api_key", account?.Id, account?.Username, ActorId: account?.Id, SuccessStatus: 201));
        if (account is null || !verified)
            return Incorrect;
        if (options.DisablePasswordAuth && !account.SiteRoles.Contains("owner"))
            return PasswordCheck.Disabled;
        if (account.LoginType != "password")
            return new Error(ErrorKind.Forbidden, "This account does not sign in with a password.");
        if (account.Status == "suspended")
            return new Error(ErrorKind.Unauthenticated, "Your account is suspended. Contact an admin to reactivate it.");

        // Somebody may have changed the password or the account while this one was compared.
        return await waker.WakeAsync(account.Id, account.PasswordHash, cancellationToken)
            && await keys.CreateAsync(NewApiKey.Session(account.Id, options.Lifetime), cancellationToken) is { IsSuccess: true } session
            ? new LoginResponse(session.Value)
            : Incorrect;
    }

    private static readonly Error Incorrect = new(ErrorKind.Unauthenticated, "Incorrect email or password.");
}

/// <summary>Finds an account by e-mail and compares the password.</summary>
internal sealed class Accounts(Db<MembersModule> db, PasswordCheck passwords)
{
    public async Task<(Account? Account, bool Verified)> CheckAsync(string email, string password, CancellationToken cancellationToken)
    {
        var account = await db.SingleOrDefaultAsync<Account>(Find, new { email = EmailAddress.Fold(email), typed = email.ToLowerInvariant() }, cancellationToken);
        return (account, passwords.Verify(account?.PasswordHash, password));
    }

    internal sealed class Account
    {
        public required Guid Id { get; init; }

        public required string Username { get; init; }

        public required string PasswordHash { get; init; }

        public required string LoginType { get; init; }

        public required string Status { get; init; }

        public required string[] SiteRoles { get; init; }
    }

    // An address that was stored before addresses had one form is found as it is typed.
    private const string Find =
        """
        select id, username, password_hash, login_type, status, site_roles
        from members.users
        where email_folded in (@email, @typed) and email_folded <> '' and not deleted and not is_system
        order by email_folded = @email desc
        limit 1
        """;
}
