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

internal sealed class LogoutHandler(Db<MembersModule> db, ICaller caller, AuditTrail audit) : ICommandHandler<LogoutCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(LogoutCommand request, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(Delete, new { key_id = caller.KeyId, user_id = caller.UserId }, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Logout, "api_key", caller.UserId));
        return new MessageBody("You are signed out.");
    }

    private const string Delete =
        """
        delete from members.api_keys
        where id = @key_id
           or (user_id = @user_id and 'coder:application_connect' = any (scopes))
        """;
}
