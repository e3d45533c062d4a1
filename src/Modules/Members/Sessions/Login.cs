using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;

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
        .WithTags("Authorization")
        .Produces<LoginResponse>(201)
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(401)
        .Produces<ErrorBody>(403);
}

internal sealed record LoginRequest(string? Email, string? Password);

internal sealed record LoginResponse(string SessionToken);

[AllowAnonymousRequest("It makes the session.")]
internal sealed record LoginCommand(Body<LoginRequest> Body) : ICommand<LoginResponse>, IHasBody
{
    public Error? BodyError => Body.Error;
}

internal sealed class LoginValidator : AbstractValidator<LoginCommand>
{
    public LoginValidator()
    {
        RuleFor(command => command.Body.Value.Email).Must(text => text is { Length: > 0 and <= 254 }).OverridePropertyName("email").WithMessage("Required, at most 254 characters.");
        RuleFor(command => command.Body.Value.Password).Must(text => text is { Length: > 0 and <= 1024 }).OverridePropertyName("password").WithMessage("Required, at most 1024 characters.");
    }
}

internal sealed class LoginHandler(Db db, PasswordCheck passwords, ApiKeys keys, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<LoginCommand, LoginResponse>
{
    public async Task<Result<LoginResponse>> Handle(LoginCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        var account = await db.SingleOrDefaultAsync<Account>(Find, new { email = body.Email!.ToLowerInvariant() }, cancellationToken);
        var verified = passwords.Verify(account?.PasswordHash, body.Password!);
        audit.Record(new AuditEntry(AuditAction.Login, "api_key", account?.Id, account?.Username, ActorId: account?.Id, SuccessStatus: 201));
        if (account is null || !verified)
            return new Error(ErrorKind.Unauthenticated, "Incorrect email or password.");
        if (account.LoginType != "password")
            return new Error(ErrorKind.Forbidden, "This account does not sign in with a password.");
        if (account.Status == "suspended")
            return new Error(ErrorKind.Unauthenticated, "Your account is suspended. Contact an admin to reactivate it.");
        if (account.Status == "dormant")
            await db.ExecuteAsync(Activate, new { id = account.Id, now = clock.GetUtcNow() }, cancellationToken);
        return new LoginResponse(await keys.CreateSessionAsync(account.Id, cancellationToken));
    }

    private sealed record Account(Guid Id, string Username, string PasswordHash, string LoginType, string Status);

    private const string Find =
        """
        select id, username, password_hash, login_type, status
        from members.users
        where email_folded = @email and email_folded <> '' and not deleted and not is_system
        """;

    private const string Activate =
        """
        update members.users
        set status = 'active', updated_at = @now
        where id = @id and status = 'dormant'
        """;
}
