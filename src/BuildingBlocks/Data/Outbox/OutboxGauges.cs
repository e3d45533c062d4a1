using Monolith.Data.Connections;
using Monolith.Kernel.Telemetry;

namespace Monolith.Data.Outbox;

/// <summary>How much work waits in the outbox, and for how long: the pieces that are due are few, and so are those that were given up.</summary>
internal sealed class OutboxGauges(Db<Platform> db) : IGaugeSource
{
    public async Task ReadAsync(Gauges gauges, CancellationToken cancellationToken)
    {
        var depth = (await db.SingleOrDefaultAsync<Depth>(SqlDepth, null, cancellationToken))!;
        gauges.Tell("monolith.outbox.waiting", "{piece}", "Pieces of work in the outbox that are to be carried out, at most 10,000.", depth.Waiting);
        gauges.Tell("monolith.outbox.age", "s", "The age of the oldest of the next 100 of them; 0 when there is none.", depth.Age);
        gauges.Tell("monolith.outbox.given_up", "{piece}", "Pieces of work that were given up and wait for somebody to look.", depth.GivenUp);
    }

    private sealed record Depth(long Waiting, double Age, long GivenUp);

    private const string SqlDepth =
        """
        select
            (select count(*) from (select from platform.outbox where dead_at is null limit 10000) part) as waiting,
            coalesce((
                select extract(epoch from now() - min(stored_at))
                from (select stored_at from platform.outbox where dead_at is null order by due_at limit 100) next), 0)::float8 as age,
            (select count(*) from platform.outbox where dead_at is not null) as given_up
        """;
}
