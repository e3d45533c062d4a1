using System.Text.Json;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Json;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.Data.Auditing;

/// <summary>Writes sums of refusals beside the requests, so that no refusal waits for the database or fails with it. Every replica writes its own. Singleton.</summary>
internal sealed partial class RefusalLog(NpgsqlDataSource source, RefusalCounts counts, TimeProvider clock, ILogger<RefusalLog> log) : RecurringWork(clock)
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>Requests have ended when this is called: what they left is written before the host is gone.</summary>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await WriteAsync(true, cancellationToken);
        }
        catch (Exception exception) when (exception is NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            Failed(exception);
        }
    }

    protected override Task WorkAsync(CancellationToken cancellationToken) => WriteAsync(false, cancellationToken);

    protected override TimeSpan PauseFrom(DateTimeOffset now) => Pause;

    protected override void Failed(Exception exception) => LogPostponed(exception.Message);

    private async Task WriteAsync(bool all, CancellationToken cancellationToken)
    {
        var sums = counts.TakeDue(all);
        if (sums.Count == 0)
            return;
        try
        {
            await using var command = source.CreateCommand(Insert);
            command.Parameters.Add(new NpgsqlParameter { Value = JsonSerializer.Serialize(sums.Select(Row), WireJson.Options) });
            await command.ExecuteNonQueryAsync(cancellationToken);
        }
        catch
        {
            foreach (var sum in sums)
                counts.Add(sum.Refusal, sum.Count);
            throw;
        }
    }

    private static object Row(RefusalSum sum) => new
    {
        Id = Guid.CreateVersion7(),
        At = sum.First,
        LastAt = sum.Last,
        sum.Refusal.ActorId,
        Action = sum.Refusal.Action.ToString().ToLowerInvariant(),
        sum.Refusal.ResourceType,
        sum.Refusal.Operation,
        sum.Refusal.Status,
        sum.Refusal.Address,
        Occurrences = sum.Count,
    };

    private const string Insert =
        """
        with written as (
            insert into platform.audit_logs (id, at, last_at, actor_id, action, resource_type, operation, status, address, occurrences)
            select id, at, last_at, actor_id, action, resource_type, operation, status, address, occurrences
            from jsonb_to_recordset($1::jsonb) as entry (
                id uuid, at timestamptz, last_at timestamptz, actor_id uuid, action text, resource_type text, operation text,
                status int, address text, occurrences int)
            returning id)
        insert into platform.unsealed_audit_logs (id)
        select id
        from written
        """;

    [LoggerMessage(LogLevel.Warning, "Refusals could not be written to the audit log yet: {Reason}")]
    private partial void LogPostponed(string reason);
}
