namespace Monolith.Kernel.Auditing;

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
