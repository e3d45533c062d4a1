namespace Monolith.Notifications.Directory;

/// <summary>Where a delivery stands.</summary>
internal static class DeliveryStatus
{
    public const string Waiting = "waiting";
    public const string Sent = "sent";
    public const string Dead = "dead";

    public static IReadOnlyList<string> All { get; } = [Waiting, Sent, Dead];
}

/// <summary>A message for a target, as the list reads it.</summary>
internal sealed class DeliveryRow
{
    public required Guid Id { get; init; }

    public required Guid MessageId { get; init; }

    public required string Rule { get; init; }

    public required string Subject { get; init; }

    /// <summary>Null for a mail to one account.</summary>
    public Guid? TargetId { get; init; }

    public required string TargetName { get; init; }

    public required string Kind { get; init; }

    public required string Status { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    public string? LastError { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public DateTimeOffset? FinishedAt { get; init; }
}

internal static class DeliveryMap
{
    public static TableMap<DeliveryRow> Table { get; } = new(
        "notifications.deliveries d join notifications.messages m on m.id = d.message_id",
        row => row.Id,
        columns => columns
            .Read(row => row.Id, "d.id")
            .Read(row => row.MessageId, "d.message_id")
            .Read(row => row.Rule, "m.rule")
            .Read(row => row.Subject, "m.subject")
            .Read(row => row.TargetId, "d.target_id")
            .Read(row => row.TargetName, "d.target_name")
            .Read(row => row.Kind, "d.kind")
            .Read(row => row.Status, "d.status")
            .Read(row => row.Attempts, "d.attempts")
            .Read(row => row.DueAt, "d.due_at")
            .Read(row => row.LastError, "d.last_error")
            .Read(row => row.CreatedAt, "d.created_at")
            .Read(row => row.FinishedAt, "d.finished_at"))
    {
        PageFrom = new PageSource("notifications.deliveries d", new HashSet<string> { nameof(DeliveryRow.Id), nameof(DeliveryRow.Status) }),
        Cursor = new CursorSource("notifications.deliveries c where c.id = @cursor", new Dictionary<string, string> { [nameof(DeliveryRow.Id)] = "c.id" }),
    };
}

/// <summary>One delivery, by its id.</summary>
internal sealed class DeliveryById : SingleResultSpecification<DeliveryRow>
{
    public DeliveryById(Guid id) => Query.Where(delivery => delivery.Id == id);
}

/// <summary>A message for a target on the wire.</summary>
/// <param name="Id">What a webhook carries as <c>webhook-id</c>.</param>
/// <param name="MessageId">The same for every target of a message.</param>
/// <param name="Rule">The rule that it tells of, or <c>test</c>, or <c>account</c>: a mail to one account.</param>
/// <param name="Subject">What it says, on one line.</param>
/// <param name="TargetId">Where it goes; absent for a mail to one account.</param>
/// <param name="TargetName">What that was called; the address of the account.</param>
/// <param name="Kind">Email or webhook.</param>
/// <param name="Status">Waiting, sent, or dead: given up.</param>
/// <param name="Attempts">How many were made.</param>
/// <param name="NextAttemptAt">While it waits.</param>
/// <param name="LastError">Why the last attempt failed.</param>
/// <param name="CreatedAt">When it was stored.</param>
/// <param name="FinishedAt">When it was sent or given up.</param>
internal sealed record Delivery(
    Guid Id,
    Guid MessageId,
    string Rule,
    string Subject,
    Guid? TargetId,
    string TargetName,
    [property: OneOf(typeof(TargetKind))] string Kind,
    [property: OneOf(typeof(DeliveryStatus))] string Status,
    int Attempts,
    DateTimeOffset? NextAttemptAt,
    string? LastError,
    DateTimeOffset CreatedAt,
    DateTimeOffset? FinishedAt)
{
    public static Delivery From(DeliveryRow row) => new(
        row.Id, row.MessageId, row.Rule, row.Subject, row.TargetId, row.TargetName, row.Kind, row.Status, row.Attempts,
        row.Status == DeliveryStatus.Waiting ? row.DueAt : null, row.LastError, row.CreatedAt, row.FinishedAt);
}
