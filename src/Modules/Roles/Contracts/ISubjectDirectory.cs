namespace Monolith.Roles.Contracts;

/// <summary>Finds what the subject of any user is made of, for questions about somebody else. Implemented by the Members module.</summary>
public interface ISubjectDirectory
{
    /// <summary>By uuid, username in any case, or <c>me</c>; null when absent or deleted. Looks at no permission of the caller.</summary>
    ValueTask<SubjectRecord?> FindAsync(string reference, CancellationToken cancellationToken);
}

/// <summary>A user as a subject.</summary>
/// <param name="Facts">Roles, as of now, with the scope of a session.</param>
/// <param name="IsSuspended">True when the user is refused before any authorization.</param>
public sealed record SubjectRecord(SubjectFacts Facts, bool IsSuspended);
