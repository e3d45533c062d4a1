using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

/// <summary>Makes an owner who belongs to the default organization: at the set-up, and by the operator.</summary>
internal sealed class OwnerMaker(ISetUp setUp, IUserWriter users, IMembershipWriter memberships, PasswordCheck passwords)
{
    /// <summary>The account and its organization, or the 409 of a name or an e-mail address that is taken.</summary>
    public async Task<Result<(NewUser Owner, Guid OrganizationId)>> MakeAsync(string username, string email, string name, string password, CancellationToken cancellationToken)
    {
        var organizationId = await setUp.EnsureAsync(cancellationToken);
        var owner = new NewUser(Guid.CreateVersion7(), username, email, name, passwords.Hash(password), UserStatus.Active, LoginType.Password, [RoleName.Owner], false);
        if (await users.InsertAsync(owner, cancellationToken) is { } taken)
            return taken;
        await memberships.InsertAsync(organizationId, owner.Id, cancellationToken);
        return (owner, organizationId);
    }
}
