using Monolith.Kernel.Telemetry;

namespace Monolith.Audit.Sealing;

/// <summary>How far the chain of the audit log is behind.</summary>
internal sealed class SealGauges(Db<AuditModule> db) : IGaugeSource
{
    public async Task ReadAsync(Gauges gauges, CancellationToken cancellationToken)
    {
        var lag = (await db.SingleOrDefaultAsync<Lag>(SqlLag, null, cancellationToken))!;
        gauges.Tell("monolith.audit.unsealed", "{row}", "Rows of the audit log that have no place in the chain yet, at most 10,000.", lag.Unsealed);
        gauges.Tell("monolith.audit.seal_lag", "s", "The age of the oldest of them; 0 when there is none.", lag.Age);
    }

    private sealed record Lag(long Unsealed, double Age);

    // Ids begin with their time, so the smallest is the oldest.
    private const string SqlLag =
        """
        select
            (select count(*) from (select from contracts.unsealed_audit_logs limit 10000) part) as unsealed,
            coalesce((
                select extract(epoch from now() - l.at)
                from (select id from contracts.unsealed_audit_logs order by id limit 1) oldest
                join contracts.audit_logs l on l.id = oldest.id), 0)::float8 as age
        """;
}
