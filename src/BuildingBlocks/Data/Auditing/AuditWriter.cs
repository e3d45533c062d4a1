using System.Data.Common;
using System.Text.Json;
using Monolith.Data.Connections;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Json;

namespace Monolith.Data.Auditing;

internal sealed class AuditWriter(Db<Platform> db) : IAuditWriter
{
    public Task WriteAsync(IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Insert, new { rows = JsonSerializer.Serialize(rows, WireJson.Options) }, cancellationToken);

    public async Task<bool> TryWriteAsync(IReadOnlyList<AuditRow> rows)
    {
        try
        {
            await WriteAsync(rows, CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (Outage.Is(exception) || exception is DbException or InvalidOperationException)
        {
            return false;
        }
    }

    private const string Insert =
        """
        with written as (
            insert into platform.audit_logs
                (id, at, actor_id, action, resource_type, resource_id, target, organization_id, before, after, status, address, user_agent, request_id)
            select id, at, actor_id, action, resource_type, resource_id, target, organization_id, before, after, status, address, user_agent, request_id
            from jsonb_to_recordset(@rows::jsonb) as entry (
                id uuid, at timestamptz, actor_id uuid, action text, resource_type text, resource_id uuid, target text,
                organization_id uuid, before jsonb, after jsonb, status int, address text, user_agent text, request_id text)
            returning id)
        insert into platform.unsealed_audit_logs (id)
        select id
        from written
        """;
}
