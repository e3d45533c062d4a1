namespace Monolith.Audit.Contracts;

/// <summary>Looks whether the audit log is as it was written. For the host's verb <c>audit verify</c>: no permission is asked for.</summary>
public interface IAuditVerification
{
    /// <summary>Reads the whole chain, from the oldest row that is kept.</summary>
    Task<AuditVerification> VerifyAsync(CancellationToken cancellationToken);
}

/// <summary>What a look at the chain found.</summary>
/// <param name="Valid">True when every row fits.</param>
/// <param name="Verified">Rows that were compared with their hash, up to the first that does not fit.</param>
/// <param name="Removed">Rows whose time was over; only the hash of their end is left.</param>
/// <param name="Unsealed">Rows that are not sealed yet, which takes a second or so.</param>
/// <param name="Position">The last position of the chain; 0 when it is empty.</param>
/// <param name="Hash">The hash at that position, in hexadecimal digits: write it down elsewhere, and nobody can make another chain that ends with it.</param>
/// <param name="Fault">The first row that does not fit; null when all do.</param>
public sealed record AuditVerification(bool Valid, long Verified, long Removed, long Unsealed, long Position, string Hash, AuditFault? Fault);

/// <summary>A row that does not fit.</summary>
/// <param name="Position">Its place in the chain; null for a row that has none.</param>
/// <param name="Id">Its id; null when its place is gone, too.</param>
/// <param name="Time">When it says that it was written; null when it is gone.</param>
/// <param name="Reason">In plain words.</param>
public sealed record AuditFault(long? Position, Guid? Id, DateTimeOffset? Time, string Reason);
