namespace Monolith.Entitlements.AiUsage;

/// <summary>One event that is evidence of AI use.</summary>
internal sealed record SeatEvidence(Guid UserId, DateTimeOffset At, string Description);

/// <summary>Keeps one row a person: the earliest and the latest use seen so far. Runs in the transaction of the report. Scoped.</summary>
internal sealed class SeatRecorder(ISeatUses seats, AuditTrail audit)
{
    public async Task RecordAsync(string eventType, IEnumerable<SeatEvidence> evidence, CancellationToken cancellationToken)
    {
        var uses = evidence.GroupBy(one => one.UserId).Select(SeatUse.Of).ToList();
        if (uses.Count == 0)
            return;
        foreach (var userId in await seats.StoreAsync(eventType, uses, cancellationToken))
            audit.Record(new AuditEntry(AuditAction.Create, "ai_seat", userId, After: new { last_event_type = eventType }, ActorId: userId));
    }
}
