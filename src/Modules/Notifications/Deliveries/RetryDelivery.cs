using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Deliveries;

internal sealed class RetryDeliveryEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/notifications/deliveries/{delivery}/retry", (string delivery, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new RetryDeliveryCommand(delivery), ct).Ok())
        .For<RetryDeliveryCommand>("retry-notification-delivery", "Tries a delivery again that was given up, or at once one that waits.")
        .Produces<Delivery>()
        .Fails(404, 409);
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
[NothingToValidate("What is no uuid is not there.")]
internal sealed record RetryDeliveryCommand(string Delivery) : ICommand<Delivery>;

internal sealed class RetryDeliveryHandler(IReadStore<DeliveryRow> deliveries, IRetryWriter writer, AuditTrail audit) : ICommandHandler<RetryDeliveryCommand, Delivery>
{
    private static readonly Error WasSent = Error.Conflict("The message was sent already.");
    private static readonly Error IsForgotten = Error.Conflict("What the mail said is forgotten. Send a new one from the account.");

    public async Task<Result<Delivery>> Handle(RetryDeliveryCommand request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(request.Delivery, "D", out var id) || await deliveries.SingleOrDefaultAsync(new DeliveryById(id), cancellationToken) is not { } stored)
            return Error.NotFound;
        if (stored is { Rule: Announcement.Account, Status: not DeliveryStatus.Waiting })
            return IsForgotten;
        var isWaiting = await writer.RetryAsync(id, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "notification_delivery", id, stored.TargetName, Before: new { stored.Status, stored.Attempts }, After: new { Status = DeliveryStatus.Waiting, Attempts = 0 }));
        return isWaiting ? Delivery.From((await deliveries.SingleOrDefaultAsync(new DeliveryById(id), cancellationToken))!) : WasSent;
    }
}

/// <summary>Puts a delivery in line again, and wakes the worker. A test of the command replaces it.</summary>
internal interface IRetryWriter
{
    /// <summary>False when it was sent meanwhile.</summary>
    Task<bool> RetryAsync(Guid id, CancellationToken cancellationToken);
}

internal sealed class RetryWriter(Db<NotificationsModule> db, DeliverySignal signal, TimeProvider clock) : IRetryWriter
{
    public async Task<bool> RetryAsync(Guid id, CancellationToken cancellationToken)
    {
        if (await db.ExecuteAsync(Retry, new { id, now = clock.GetUtcNow() }, cancellationToken) == 0)
            return false;
        db.OnCommitted(_ =>
        {
            signal.Set();
            return Task.CompletedTask;
        });
        return true;
    }

    private const string Retry =
        """
        update notifications.deliveries
        set
            status = 'waiting',
            attempts = case when status = 'dead' then 0 else attempts end,
            due_at = @now,
            finished_at = null
        where id = @id
            and status <> 'sent'
        """;
}
