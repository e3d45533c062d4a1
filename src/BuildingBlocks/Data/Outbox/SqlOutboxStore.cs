using Microsoft.Extensions.DependencyInjection;
using Monolith.Data.Connections;
using Npgsql;

namespace Monolith.Data.Outbox;

/// <summary>The table <c>platform.outbox</c>. All but <see cref="AddAsync"/> use the pool for work beside the requests. Scoped.</summary>
internal sealed class SqlOutboxStore(
    DbSession session, Db<Platform> db, OutboxSignal signal, [FromKeyedServices(DataSources.Background)] NpgsqlDataSource background) : IOutboxStore
{
    public async Task AddAsync(OutboxEvent happened, string[] handlers, CancellationToken cancellationToken)
    {
        if (!session.InTransaction)
            throw new InvalidOperationException($"{happened.Name} has handlers that use the outbox: publish it in a command.");
        await db.ExecuteAsync(Insert, new { id = happened.Id, name = happened.Name, payload = happened.Payload, at = happened.At, handlers }, cancellationToken);
        db.OnCommitted(_ =>
        {
            signal.Set();
            return Task.CompletedTask;
        });
    }

    public Task<OutboxPiece?> ClaimAsync(string[] handlers, TimeSpan[] pauses, DateTimeOffset now, CancellationToken cancellationToken)
    {
        session.Use(background);
        return db.SingleOrDefaultAsync<OutboxPiece>(Claim, new { handlers, pauses = Array.ConvertAll(pauses, pause => pause.TotalSeconds), now }, cancellationToken);
    }

    public async Task<bool> FinishAsync(OutboxPiece piece, Func<CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        session.Use(background);
        await session.BeginAsync(cancellationToken);
        try
        {
            if (await db.ScalarAsync<int?>(Lock, piece, cancellationToken) is null)
            {
                await session.RollbackAsync();
                return false;
            }

            await work(cancellationToken);
            await db.ExecuteAsync(Remove, piece, cancellationToken);
            await session.CommitAsync(cancellationToken);
            return true;
        }
        catch
        {
            await session.RollbackAsync();
            throw;
        }
    }

    public Task FailAsync(OutboxPiece piece, string reason, DateTimeOffset? deadAt, CancellationToken cancellationToken)
    {
        session.Use(background);
        return db.ExecuteAsync(Fail, new { piece.EventId, piece.Handler, piece.Attempts, reason, deadAt }, cancellationToken);
    }

    public async Task<int> SweepAsync(string[] handlers, DateTimeOffset now, DateTimeOffset orphanedBefore, DateTimeOffset forgottenBefore, CancellationToken cancellationToken)
    {
        session.Use(background);
        await db.ExecuteAsync(Forget, new { forgottenBefore }, cancellationToken);
        return await db.ExecuteAsync(GiveUp, new { handlers, now, orphanedBefore }, cancellationToken);
    }

    private const string Insert =
        """
        insert into platform.outbox (event_id, handler, event, payload, stored_at, due_at)
        select @id, handler, @name, @payload::jsonb, @at, @at
        from unnest(@handlers) as one (handler)
        """;

    private const string Claim =
        """
        update platform.outbox piece
        set
            attempts = piece.attempts + 1,
            due_at = @now + make_interval(secs => (@pauses)[least(piece.attempts + 1, cardinality(@pauses))])
        from (
            select event_id, handler
            from platform.outbox
            where dead_at is null
                and due_at <= @now
                and handler = any (@handlers)
            order by due_at, event_id
            limit 1
            for update skip locked) due
        where piece.event_id = due.event_id
            and piece.handler = due.handler
        returning piece.event_id, piece.handler, piece.payload::text, piece.attempts
        """;

    private const string Lock =
        """
        select attempts
        from platform.outbox
        where event_id = @EventId
            and handler = @Handler
            and attempts = @Attempts
            and dead_at is null
        for update skip locked
        """;

    private const string Remove =
        """
        delete from platform.outbox
        where event_id = @EventId
            and handler = @Handler
        """;

    private const string Fail =
        """
        update platform.outbox
        set
            last_error = @reason,
            dead_at = @deadAt
        where event_id = @EventId
            and handler = @Handler
            and attempts = @Attempts
        """;

    private const string GiveUp =
        """
        update platform.outbox
        set
            last_error = 'No handler of this name is left.',
            dead_at = @now
        where dead_at is null
            and stored_at < @orphanedBefore
            and handler <> all (@handlers)
        """;

    private const string Forget =
        """
        delete from platform.outbox
        where dead_at < @forgottenBefore
        """;
}
