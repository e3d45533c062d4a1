namespace Monolith.Notifications.Targets;

internal sealed class DeleteTargetEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete("/notifications/targets/{target}", (string target, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new DeleteTargetCommand(target), ct).NoContent())
        .For<DeleteTargetCommand>("delete-notification-target", "Deletes a target, and gives up what waits for it.")
        .Produces(204)
        .Fails(404);
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
[NothingToValidate("What is no uuid is not there.")]
internal sealed record DeleteTargetCommand(string Target) : ICommand;

internal sealed class DeleteTargetHandler(ITargetStore targets, AuditTrail audit) : ICommandHandler<DeleteTargetCommand, Unit>
{
    public async Task<Result<Unit>> Handle(DeleteTargetCommand request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(request.Target, "D", out var id) || await targets.LockAsync(id, cancellationToken) is not { } stored)
            return Error.NotFound;
        await targets.DeleteAsync(id, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Delete, TargetAudit.Type, id, stored.Name, Before: TargetAudit.From(stored), SuccessStatus: 204));
        return Unit.Value;
    }
}
