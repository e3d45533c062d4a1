namespace Monolith.Members.Sessions;

internal sealed class LogoutEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/api/v2/users/logout",
            (HttpContext context, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new LogoutCommand(), ct).With(answer =>
                {
                    SessionCookies.Expire(context);
                    return Answer.Json(answer);
                }))
        .WithName("log-out-user")
        .WithTags("Authorization")
        .Produces<MessageBody>();
}

[RequiresSession]
internal sealed record LogoutCommand : ICommand<MessageBody>;

internal sealed class LogoutHandler(IApiKeys keys, ICaller caller, AuditTrail audit) : ICommandHandler<LogoutCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(LogoutCommand request, CancellationToken cancellationToken)
    {
        await keys.SignOutAsync(caller.KeyId, caller.UserId, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Logout, "api_key", caller.UserId));
        return new MessageBody("You are signed out.");
    }
}
