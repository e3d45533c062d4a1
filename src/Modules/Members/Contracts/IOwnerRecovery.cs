namespace Monolith.Members.Contracts;

/// <summary>What the operator of the machine may do about owners without a session. For the host's verb <c>owner</c> only: no permission is asked for.</summary>
public interface IOwnerRecovery
{
    /// <summary>Everybody who holds the site role owner and is not deleted, by username.</summary>
    Task<IReadOnlyList<OwnerAccount>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Makes an active owner by the rules of every new account, in the default organization, which is made when there is none. The deployment counts as set up.</summary>
    Task<Result<OwnerAccount>> CreateAsync(NewOwner owner, CancellationToken cancellationToken);

    /// <summary>Gives somebody another password and ends all their sessions and tokens. Roles and status stay as they are.</summary>
    /// <param name="user">A username, an e-mail address or a uuid.</param>
    /// <param name="password">The new password.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<Result<OwnerAccount>> ResetPasswordAsync(string user, string password, CancellationToken cancellationToken);
}

/// <summary>An owner before there is one.</summary>
/// <param name="Email">The address to sign in with.</param>
/// <param name="Username">The unique name.</param>
/// <param name="Name">The full name; may be empty.</param>
/// <param name="Password">The password.</param>
public sealed record NewOwner(string Email, string Username, string Name, string Password);

/// <summary>An account as the operator sees it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Username">Its unique name.</param>
/// <param name="Email">Its address.</param>
/// <param name="Status"><c>active</c>, <c>dormant</c> or <c>suspended</c>.</param>
/// <param name="IsOwner">Holds the site role owner.</param>
public sealed record OwnerAccount(Guid Id, string Username, string Email, string Status, bool IsOwner);
