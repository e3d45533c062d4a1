namespace Monolith.Members.Users;

/// <summary>The one way an account comes into being, changes and goes. In the transaction of the command.</summary>
internal interface IUserWriter
{
    /// <summary>Null, or the 409 of a username or e-mail that is taken; also when somebody else takes it at this moment.</summary>
    Task<Error?> InsertAsync(NewUser user, CancellationToken cancellationToken);

    /// <summary>Many at once. Answers those who were stored: a username or e-mail of the others is taken.</summary>
    Task<IReadOnlySet<Guid>> InsertAllAsync(IReadOnlyList<NewUser> accounts, CancellationToken cancellationToken);

    /// <summary>Suspends, activates, or makes dormant again. Nothing happens when the status is that one already.</summary>
    Task SetStatusAsync(Guid id, string status, CancellationToken cancellationToken);

    /// <summary>Gives a locked account other site roles.</summary>
    Task SetRolesAsync(Guid id, string[] roles, CancellationToken cancellationToken);

    /// <summary>Another password; all sessions and tokens end.</summary>
    Task SetPasswordAsync(Guid id, string passwordHash, CancellationToken cancellationToken);

    /// <summary>The account is marked, and what was its own goes. False when it was deleted already.</summary>
    Task<bool> DeleteAsync(Guid id, CancellationToken cancellationToken);

    /// <summary>The 409 that names what is taken; null when both are free.</summary>
    Task<Error?> FindTakenAsync(string username, string email, CancellationToken cancellationToken);

    /// <summary>The profile before. 404 when the user is gone, or the username would change and must not; 409 when it is taken.</summary>
    Task<Result<Profile>> UpdateProfileAsync(Guid id, Profile profile, bool mayRename, CancellationToken cancellationToken);
}
