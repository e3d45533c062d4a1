namespace Monolith.Kernel.Authorization;

/// <summary>Who asks: an identity with everything needed to decide in memory. Built once a request; a decision allocates nothing.</summary>
/// <remarks>Implemented by the Roles module. Substitute it in handler tests.</remarks>
public abstract class Subject
{
    /// <summary>Compared with the owner of an object.</summary>
    public abstract Guid UserId { get; }

    /// <summary>The decision for one object: <c>(roles or access list) and scope</c>.</summary>
    public abstract bool Can(PermissionAction action, in ResourceObject target);

    /// <summary>The same decision as a filter for lists. It agrees with <see cref="Can"/> row by row for rows without access lists.</summary>
    public abstract VisibleRows Visible(PermissionAction action, ResourceType type);
}

/// <summary>The caller of the current request. Scoped; filled by authentication before the pipeline runs.</summary>
public interface ICaller
{
    /// <summary>False on open routes without a session.</summary>
    bool IsAuthenticated { get; }

    /// <summary>The user of the session. Throws <see cref="InvalidOperationException"/> when anonymous.</summary>
    Guid UserId { get; }

    /// <summary>What the session may do. Throws <see cref="InvalidOperationException"/> when anonymous.</summary>
    Subject Subject { get; }

    /// <summary>Why a token that was sent gave no session; null when signed in or when none was sent.</summary>
    Results.Error? Failure { get; }

    /// <summary>The id of the API key in use, ten characters; null when anonymous.</summary>
    string? KeyId { get; }

    /// <summary>The client's network address, for audit; null when unknown.</summary>
    string? Address { get; }

    /// <summary>The client's User-Agent, cut to 256 characters, for audit; null when absent.</summary>
    string? UserAgent { get; }

    /// <summary>The id of the request, as its answer and the log carry it; null outside of one.</summary>
    string? RequestId => null;
}

/// <summary>Short forms that read well in handlers.</summary>
public static class CallerExtensions
{
    /// <summary>True when the caller is signed in and may do this.</summary>
    public static bool Can(this ICaller caller, PermissionAction action, in ResourceObject target) =>
        caller.IsAuthenticated && caller.Subject.Can(action, target);
}
