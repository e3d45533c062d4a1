namespace Monolith.Members.Sessions;

internal sealed class LogoutEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/logout",
            (HttpContext context, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new LogoutCommand(), ct).With(answer =>
                {
                    SessionCookies.Expire(context);
                    return ApiResults.Json(answer);
                }))
        .For<LogoutCommand>("log-out-user", "Ends the session of the caller.")
        .WithTags("Authorization")
        .Produces<MessageBody>();
}

[RequiresSession]
internal sealed record LogoutCommand : ICommand<MessageBody>;

internal sealed class LogoutHandler(IApiKeyStore keys, ICaller caller, AuditTrail audit) : ICommandHandler<LogoutCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(LogoutCommand request, CancellationToken cancellationToken)
    {
        await keys.SignOutAsync(caller.KeyId, caller.UserId, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Logout, "api_key", caller.UserId));
        return new MessageBody("You are signed out.");
    }
}
