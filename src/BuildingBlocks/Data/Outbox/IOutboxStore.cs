namespace Monolith.Data.Outbox;

/// <summary>An event on its way into the outbox.</summary>
internal sealed record OutboxEvent(Guid Id, string Name, string Payload, DateTimeOffset At);

/// <summary>One event for one handler. <paramref name="Attempts"/> counts the one that it was claimed for.</summary>
internal sealed record OutboxPiece(Guid EventId, string Handler, string Payload, int Attempts);

/// <summary>Keeps pieces until they are done. The PostgreSQL one is for the server, the one in memory for tests.</summary>
internal interface IOutboxStore
{
    /// <summary>A piece for each handler, in the transaction under way.</summary>
    Task AddAsync(OutboxEvent happened, string[] handlers, CancellationToken cancellationToken);

    /// <summary>The piece that has been due the longest, with this attempt counted and the next one put off by its pause, so that a crash counts too. Null when none is due.</summary>
    Task<OutboxPiece?> ClaimAsync(string[] handlers, TimeSpan[] pauses, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Does the work and removes the piece, both or neither. False, without doing it, when somebody else has it.</summary>
    Task<bool> FinishAsync(OutboxPiece piece, Func<CancellationToken, Task> work, CancellationToken cancellationToken);

    /// <summary>Notes why the attempt failed, and since when nobody tries any more.</summary>
    Task FailAsync(OutboxPiece piece, string reason, DateTimeOffset? deadAt, CancellationToken cancellationToken);

    /// <summary>Gives up pieces without a handler that were stored before <paramref name="orphanedBefore"/>, and removes those that were given up before <paramref name="forgottenBefore"/>. Returns the number given up.</summary>
    Task<int> SweepAsync(string[] handlers, DateTimeOffset now, DateTimeOffset orphanedBefore, DateTimeOffset forgottenBefore, CancellationToken cancellationToken);
}
