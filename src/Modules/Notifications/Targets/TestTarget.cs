using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Targets;

internal sealed class TestTargetEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/notifications/targets/{target}/test", (string target, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new TestTargetCommand(target), ct).Created())
        .For<TestTargetCommand>("test-notification-target", "Sends a test message to a target, whether it is switched on or not.")
        .WithDescription("Answers the delivery as it was stored. Whether the message arrives stands in the list of deliveries.")
        .Produces<Delivery>(201)
        .Fails(404);
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
[NothingToValidate("What is no uuid is not there.")]
internal sealed record TestTargetCommand(string Target) : ICommand<Delivery>;

internal sealed class TestTargetHandler(ITargetStore targets, IOutgoing outgoing, IReadStore<DeliveryRow> deliveries, AuditTrail audit) : ICommandHandler<TestTargetCommand, Delivery>
{
    public async Task<Result<Delivery>> Handle(TestTargetCommand request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(request.Target, "D", out var id) || await targets.FindAsync(id, cancellationToken) is not { } target)
            return Error.NotFound;
        var message = new Announcement(
            Announcement.Test, $"Test message for {target.Name}", "Somebody asked for this message to see whether it arrives. Nothing else happened.", new { target = target.Name });
        var stored = await outgoing.StoreAsync(message, id, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Create, "notification_delivery", stored[0], target.Name, After: new { message.Subject }, SuccessStatus: 201));
        return Delivery.From((await deliveries.SingleOrDefaultAsync(new DeliveryById(stored[0]), cancellationToken))!);
    }
}
