namespace Monolith.Kernel.Auditing;

/// <summary>Stores lines of the audit log.</summary>
public interface IAuditWriter
{
    /// <summary>Within the transaction under way; a failure fails the command.</summary>
    Task WriteAsync(IReadOnlyList<AuditRow> rows, CancellationToken cancellationToken);

    /// <summary>On their own, also for a client that has gone: leaving early must not leave no trace. False when the database could not be reached.</summary>
    Task<bool> TryWriteAsync(IReadOnlyList<AuditRow> rows);
}

/// <summary>One line of the audit log as it is stored.</summary>
/// <param name="Id">A version-7 uuid.</param>
/// <param name="At">When.</param>
/// <param name="ActorId">Who acted; null for a stranger.</param>
/// <param name="Action">An <see cref="AuditAction"/> in lower case.</param>
/// <param name="ResourceType">To what kind of thing.</param>
/// <param name="ResourceId">Its id, or null.</param>
/// <param name="Target">What it is called, or null.</param>
/// <param name="OrganizationId">The organization concerned, or null.</param>
/// <param name="Before">The state before, or null.</param>
/// <param name="After">The state after; null after a refusal.</param>
/// <param name="Status">The HTTP status of the response.</param>
/// <param name="Address">Where the request came from, or null.</param>
/// <param name="UserAgent">The client's name for itself, or null.</param>
/// <param name="RequestId">The request, or null.</param>
public sealed record AuditRow(
    Guid Id,
    DateTimeOffset At,
    Guid? ActorId,
    string Action,
    string ResourceType,
    Guid? ResourceId,
    string? Target,
    Guid? OrganizationId,
    object? Before,
    object? After,
    int Status,
    string? Address,
    string? UserAgent,
    string? RequestId);
