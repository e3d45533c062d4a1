using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>What is stored of an account under lock.</summary>
internal sealed class AccountRow
{
    public string Status { get; init; } = "";

    public string[] SiteRoles { get; init; } = [];

    public string PasswordHash { get; init; } = "";

    public bool IsOwner => SiteRoles.Contains(RoleName.Owner);
}

/// <summary>An account under lock.</summary>
/// <param name="User">Whose.</param>
/// <param name="Stored">As it stands.</param>
/// <param name="Actor">The caller's rights; those of this moment where owners are concerned.</param>
/// <param name="IsSelf">The caller's own account.</param>
/// <param name="ByOwner">The caller is an owner at this moment; only told where owners are concerned.</param>
/// <param name="IsLastOwner">Nobody else is an active owner; only told where owners are concerned.</param>
internal sealed record LockedAccount(UserInfo User, AccountRow Stored, Subject Actor, bool IsSelf, bool ByOwner, bool IsLastOwner)
{
    /// <summary>The 404 of somebody whom the caller does not see any more, or <paramref name="refusal"/> without the permission.</summary>
    public Error? Denied(PermissionAction action, Error refusal)
    {
        var target = ResourceObject.User(User.Id);
        return !Actor.Can(PermissionAction.Read, target) ? Error.UserNotFound : Actor.Can(action, target) ? null : refusal;
    }

    /// <summary>400 when the account is an owner's and the caller is none, or when the last owner would be gone.</summary>
    /// <param name="ends">The command ends this account or takes its role owner away.</param>
    public Error? RefuseOwner(bool ends) =>
        !Stored.IsOwner || IsSelf ? null
        : ends && IsLastOwner ? Owners.Last
        : ByOwner ? null
        : Owners.OnlyByOwners;
}
