using System.Data.Common;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
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
public sealed class AuditTrail(Db<Platform> db, ICaller caller, TimeProvider clock, RefusalLog refusals)
{
    private readonly List<AuditEntry> _entries = [];
    private bool _toldOfRefusal;

    /// <summary>Adds an entry; a handler calls this before it returns, also before a failure that should leave a trace.</summary>
    public void Record(AuditEntry entry) => _entries.Add(entry);

    /// <summary>The request was refused before a handler could say what it is about. Once a request: a command that was refused has told so already.</summary>
    public void NoteRefusal(AuditAction action, string resourceType, string operation, int status)
    {
        if (!_toldOfRefusal)
            refusals.Counts.Add(About(action, resourceType, operation, status));
    }

    /// <summary>One statement, however many entries there are.</summary>
    internal Task WriteAsync(CancellationToken cancellationToken) => WriteAsync(null, cancellationToken);

    /// <summary>The command was refused or failed. The first few of a kind leave the rows that the handler recorded, a flood of them a sum. The answer stands, whatever becomes of the rows.</summary>
    internal async Task WriteRefusalAsync(OperationName name, Error failure)
    {
        var status = failure.HttpStatus();
        if (_entries.Count == 0 && status < StatusCodes.Status500InternalServerError)
            refusals.Counts.Add(About(name.Action, name.ResourceType, name.Operation, status));
        _toldOfRefusal = true;
        var rows = caller.IsAuthenticated ? RefusalCounts.RowsOfCallers : RefusalCounts.RowsOfStrangers;
        _entries.RemoveAll(entry => !refusals.Counts.Admits(About(entry, name, status), rows));
        try
        {
            // Also for a client that has gone: leaving early must not leave no trace.
            await WriteAsync(failure, CancellationToken.None);
        }
        catch (Exception exception) when (Outage.Is(exception) || exception is DbException or InvalidOperationException)
        {
            foreach (var entry in _entries)
                refusals.Counts.Add(About(entry, name, status));
            _entries.Clear();
        }
    }

    private async Task WriteAsync(Error? failure, CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
            return;
        var rows = JsonSerializer.Serialize(_entries.Select(entry => Row(entry, failure)), WireJson.Options);
        await db.ExecuteAsync(Insert, new { rows }, cancellationToken);
        _entries.Clear();
    }

    private Refusal About(AuditEntry entry, OperationName name, int status) =>
        About(entry.Action, entry.ResourceType, name.Operation, status) with { ActorId = ActorOf(entry) };

    private Refusal About(AuditAction action, string resourceType, string operation, int status) =>
        new(caller.IsAuthenticated ? caller.UserId : null, ClientNetwork.Of(caller.Address), action, resourceType, operation, status);

    private Guid? ActorOf(AuditEntry entry) => entry.ActorId ?? (caller.IsAuthenticated ? caller.UserId : null);

    private object Row(AuditEntry entry, Error? failure) => new
    {
        Id = Guid.CreateVersion7(),
        At = clock.GetUtcNow(),
        ActorId = ActorOf(entry),
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
        caller.RequestId,
    };

    private const string Insert =
        """
        insert into platform.audit_logs
            (id, at, actor_id, action, resource_type, resource_id, target, organization_id, before, after, status, address, user_agent, request_id)
        select id, at, actor_id, action, resource_type, resource_id, target, organization_id, before, after, status, address, user_agent, request_id
        from jsonb_to_recordset(@rows::jsonb) as entry (
            id uuid, at timestamptz, actor_id uuid, action text, resource_type text, resource_id uuid, target text,
            organization_id uuid, before jsonb, after jsonb, status int, address text, user_agent text, request_id text)
        """;
}
