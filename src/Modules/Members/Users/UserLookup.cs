using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Users;

/// <summary>Tells the Entitlements module whom a <c>{user}</c> parameter names.</summary>
internal sealed class UserLookup(UserResolver users) : IUserLookup
{
    public async ValueTask<Guid?> FindAsync(string reference, CancellationToken cancellationToken) =>
        await users.FindAsync(reference, cancellationToken) is { Deleted: false } user ? user.Id : null;
}
