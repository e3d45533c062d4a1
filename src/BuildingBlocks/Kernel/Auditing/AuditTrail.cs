using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Auditing;

/// <summary>Collects the audit entries of one command. They are written in its transaction, or on their own when it fails. Scoped.</summary>
public sealed class AuditTrail(ICaller caller, TimeProvider clock, RefusalCounts refusals, IAuditWriter writer)
{
    // It is indexed.
    private const int LongestTarget = 256;

    private readonly List<AuditEntry> _entries = [];
    private bool _toldOfRefusal;

    /// <summary>What was recorded and is not written yet.</summary>
    public IReadOnlyList<AuditEntry> Entries => _entries;

    /// <summary>Adds an entry; a handler calls this before it returns, also before a failure that should leave a trace.</summary>
    public void Record(AuditEntry entry) => _entries.Add(entry);

    /// <summary>The request was refused before a handler could say what it is about. Once a request: a command that was refused has told so already.</summary>
    public void NoteRefusal(AuditAction action, string resourceType, string operation, int status)
    {
        if (!_toldOfRefusal)
            refusals.Add(About(action, resourceType, operation, status));
    }

    /// <summary>One statement, however many entries there are.</summary>
    internal async Task WriteAsync(CancellationToken cancellationToken)
    {
        if (_entries.Count == 0)
            return;
        await writer.WriteAsync(_entries.ConvertAll(entry => Row(entry, null)), cancellationToken);
        _entries.Clear();
    }

    /// <summary>The command was refused or failed. The first few of a kind leave the rows that the handler recorded, a flood of them a sum. The answer stands, whatever becomes of the rows.</summary>
    internal async Task WriteRefusalAsync(OperationName name, Error failure)
    {
        var status = failure.Status;
        if (_entries.Count == 0 && status < 500)
            refusals.Add(About(name.Action, name.ResourceType, name.Operation, status));
        _toldOfRefusal = true;
        var rows = caller.IsAuthenticated ? RefusalCounts.RowsOfCallers : RefusalCounts.RowsOfStrangers;
        _entries.RemoveAll(entry => !refusals.Admits(About(entry, name, status), rows));
        if (_entries.Count > 0 && !await writer.TryWriteAsync(_entries.ConvertAll(entry => Row(entry, failure))))
        {
            foreach (var entry in _entries)
                refusals.Add(About(entry, name, status));
        }

        _entries.Clear();
    }

    private Refusal About(AuditEntry entry, OperationName name, int status) =>
        About(entry.Action, entry.ResourceType, name.Operation, status) with { ActorId = ActorOf(entry) };

    private Refusal About(AuditAction action, string resourceType, string operation, int status) =>
        new(caller.IsAuthenticated ? caller.UserId : null, ClientNetwork.Of(caller.Address), action, resourceType, operation, status);

    private Guid? ActorOf(AuditEntry entry) => entry.ActorId ?? (caller.IsAuthenticated ? caller.UserId : null);

    private AuditRow Row(AuditEntry entry, Error? failure) => new(
        Guid.CreateVersion7(),
        clock.GetUtcNow(),
        ActorOf(entry),
        entry.Action.ToString().ToLowerInvariant(),
        entry.ResourceType,
        entry.ResourceId,
        Short(entry.Target),
        entry.OrganizationId,
        entry.Before,
        failure is null ? entry.After : null,
        failure?.Status ?? entry.SuccessStatus,
        caller.Address,
        caller.UserAgent,
        caller.RequestId);

    private static string? Short(string? target) => target is { Length: > LongestTarget }
        ? target[..(char.IsHighSurrogate(target[LongestTarget - 1]) ? LongestTarget - 1 : LongestTarget)]
        : target;
}
