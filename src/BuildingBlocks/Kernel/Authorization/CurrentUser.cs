namespace Monolith.Kernel.Authorization;

/// <summary>Marks a request about the user that its route names. The pipeline resolves them, answers 404 unless the caller holds what <see cref="RequiresPermissionOnUserAttribute"/> says, and fills <see cref="CurrentUser"/>.</summary>
public interface IUserRequest
{
    /// <summary><c>me</c>, a uuid, or a username in any case.</summary>
    string User { get; }
}

/// <summary>The few facts of a user that every request about them needs.</summary>
/// <param name="Id">Their id.</param>
/// <param name="Username">Unique among those who are not deleted, without regard to case.</param>
/// <param name="LoginType">How they sign in, as on the wire.</param>
/// <param name="IsSystem">True for accounts that the system made for itself; no route shows them.</param>
/// <param name="IsServiceAccount">True for accounts of programs.</param>
/// <param name="Deleted">True when the account is gone; it is found by its id only.</param>
public sealed record UserInfo(Guid Id, string Username, string LoginType, bool IsSystem, bool IsServiceAccount, bool Deleted);

/// <summary>Finds users. Implemented by the Members module.</summary>
public interface IUserDirectory
{
    /// <summary><c>me</c>, a uuid (deleted users included), or a username in any case; null when nobody. Does not look at permissions. Asks once a scope for each reference.</summary>
    ValueTask<UserInfo?> FindAsync(string reference, CancellationToken cancellationToken);
}

/// <summary>The user of the current <see cref="IUserRequest"/>, as the pipeline found them: a command that depends on what they are at its end locks them and looks again. Scoped.</summary>
public sealed class CurrentUser
{
    private UserInfo? _value;

    /// <summary>The user. Throws <see cref="InvalidOperationException"/> before the pipeline resolved them.</summary>
    public UserInfo Value
    {
        get => _value ?? throw new InvalidOperationException("The request has no user.");
        set => _value = value;
    }

    /// <summary>Their id.</summary>
    public Guid Id => Value.Id;
}
