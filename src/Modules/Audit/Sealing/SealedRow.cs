namespace Monolith.Audit.Sealing;

/// <summary>A row of the log with its place in the chain. The same columns are read to seal it and to look whether it still fits.</summary>
internal sealed class SealedRow
{
    /// <summary>What is sealed: every column of a row, as text where the database has a form of its own.</summary>
    public const string Columns =
        """
        l.id, l.at, l.actor_id, l.action, l.resource_type, l.resource_id, l.target, l.organization_id, l.before::text as before, l.after::text as after,
        l.status, l.address, l.user_agent, l.request_id, l.operation, l.occurrences, l.last_at
        """;

    /// <summary>From 1; 0 before it is sealed.</summary>
    public long Position { get; init; }

    /// <summary>The id that the seal names.</summary>
    public Guid RowId { get; init; }

    /// <summary>Null before it is sealed.</summary>
    public byte[]? Hash { get; init; }

    /// <summary>Of a row out of which a person was taken: the hash of what is left. Null for every other one, and where it is not asked for.</summary>
    public byte[]? ErasedHash { get; init; }

    /// <summary>Null when the row is gone.</summary>
    public Guid? Id { get; init; }

    public DateTimeOffset At { get; init; }

    public Guid? ActorId { get; init; }

    public string? Action { get; init; }

    public string? ResourceType { get; init; }

    public Guid? ResourceId { get; init; }

    public string? Target { get; init; }

    public Guid? OrganizationId { get; init; }

    public string? Before { get; init; }

    public string? After { get; init; }

    public int Status { get; init; }

    public string? Address { get; init; }

    public string? UserAgent { get; init; }

    public string? RequestId { get; init; }

    public string? Operation { get; init; }

    public int Occurrences { get; init; }

    public DateTimeOffset? LastAt { get; init; }
}
