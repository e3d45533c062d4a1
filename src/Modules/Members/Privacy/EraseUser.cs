namespace Monolith.Members.Privacy;

internal sealed class EraseUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/users/{user}/erase", (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new EraseUserCommand(user), ct).Ok())
        .For<EraseUserCommand>("erase-user", "Replaces the personal data of a deleted user, in the account, in reported AI use and in the audit log.")
        .Produces<MessageBody>()
        .Fails(409);
}

/// <summary>Owners alone hold the permission: it changes what rows of the audit log say.</summary>
[RequiresPermission(ResourceType.AuditLog, PermissionAction.Create)]
[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read, PermissionAction.Delete, IncludeDeleted = true)]
internal sealed record EraseUserCommand(string User) : ICommand<MessageBody>, IUserRequest;

internal sealed class EraseUserHandler(CurrentUser target, ICaller caller, IEraser eraser, AuditTrail audit) : ICommandHandler<EraseUserCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(EraseUserCommand request, CancellationToken cancellationToken)
    {
        var id = target.Id;
        audit.Record(new AuditEntry(AuditAction.Delete, "personal_data", id, Eraser.PlaceholderOf(id)));
        if (!target.Value.Deleted)
            return Error.Conflict("The user is not deleted. Delete the account first.");
        await eraser.EraseAsync(id, caller.UserId, cancellationToken);
        return new MessageBody("The personal data of the user has been erased.");
    }
}
