using System.Text.Json;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Results;

namespace Monolith.BuildingBlocks.Auditing;

/// <summary>What was done, on the wire of an audit log.</summary>
public enum AuditAction
{
    /// <summary>Something new.</summary>
    Create,

    /// <summary>Something changed.</summary>
    Write,

    /// <summary>Something went away.</summary>
    Delete,

    /// <summary>A sign-in, successful or not.</summary>
    Login,

    /// <summary>A sign-out.</summary>
    Logout,
}

/// <summary>One line of the audit log before it is written.</summary>
/// <param name="Action">What was done.</param>
/// <param name="ResourceType">To what kind of thing, snake_case: <c>user</c>, <c>organization_member</c>, <c>license</c>, …</param>
/// <param name="ResourceId">Its id; null when the attempt named nothing that exists.</param>
/// <param name="Target">What people call it: a username, a role name. Null when there is none.</param>
/// <param name="OrganizationId">The organization concerned, or null.</param>
/// <param name="Before">The state before, or null. Serialized to JSON: never put a secret in it.</param>
/// <param name="After">The state after, or null.</param>
/// <param name="ActorId">Who acted; null takes the caller.</param>
/// <param name="SuccessStatus">The HTTP status of the answer when the command succeeds.</param>
public sealed record AuditEntry(
    AuditAction Action,
    string ResourceType,
    Guid? ResourceId,
    string? Target = null,
    Guid? OrganizationId = null,
    object? Before = null,
    object? After = null,
    Guid? ActorId = null,
    int SuccessStatus = 200);

/// <summary>Collects the audit entries of one command. They are written in its transaction, or on their own when it fails. Scoped.</summary>
public sealed class AuditTrail(Db db, ICaller caller, TimeProvider clock)
{
    private readonly List<AuditEntry> _entries = [];

    /// <summary>Adds an entry; a handler calls this before it returns, also before a failure that should leave a trace.</summary>
    public void Record(AuditEntry entry) => _entries.Add(entry);

    /// <summary>One statement, however many entries there are.</summary>
    internal async Task WriteAsync(Error? failure, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
            return;
        var rows = JsonSerializer.Serialize(_entries.Select(entry => Row(entry, failure)), WireJson.Options);
        await db.ExecuteAsync(Insert, new { rows }, cancellationToken);
        _entries.Clear();
    }

    private object Row(AuditEntry entry, Error? failure) => new
    {
        Id = Guid.CreateVersion7(),
        At = clock.GetUtcNow(),
        ActorId = entry.ActorId ?? (caller.IsAuthenticated ? caller.UserId : (Guid?)null),
        Action = entry.Action.ToString().ToLowerInvariant(),
        entry.ResourceType,
        entry.ResourceId,
        entry.Target,
        entry.OrganizationId,
        entry.Before,
        After = failure is null ? entry.After : null,
        Status = failure?.HttpStatus() ?? entry.SuccessStatus,
        caller.Address,
        caller.UserAgent,
    };

    private const string Insert =
        """
        insert into platform.audit_logs
            (id, at, actor_id, action, resource_type, resource_id, target, organization_id, before, after, status, address, user_agent)
        select id, at, actor_id, action, resource_type, resource_id, target, organization_id, before, after, status, address, user_agent
        from jsonb_to_recordset(@rows::jsonb) as entry (
            id uuid, at timestamptz, actor_id uuid, action text, resource_type text, resource_id uuid, target text,
            organization_id uuid, before jsonb, after jsonb, status int, address text, user_agent text)
        """;
}
