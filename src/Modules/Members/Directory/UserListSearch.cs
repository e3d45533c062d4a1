using Monolith.Members.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Reads the <c>q</c> of the lists of users and members for the caller, with the keys of modules above. Scoped.</summary>
internal sealed class UserListSearch(SeatFeature seats, IEnumerable<IUserFilterKey> keys, ICaller caller)
{
    /// <summary>The <c>q</c> of <c>/users</c>, or a 400 that names everything wrong with it.</summary>
    public Result<UserFilter> Users(string? q) => UserSearch.Parse(q, seats.IsUsable, FoundIn(null));

    /// <summary>The <c>q</c> of the paginated members, with the roles of the organization.</summary>
    public Result<OrganizationMemberFilter> Members(string? q, OrganizationInfo organization) =>
        UserSearch.ParseMembers(q, seats.IsUsable, organization.DefaultMemberRoles, FoundIn(organization.Id));

    private IReadOnlyList<FoundKey> FoundIn(Guid? organizationId) => [.. keys.Select(key => new FoundKey(key.Key, values => key.Find(values, organizationId, caller)))];
}

/// <summary>A key of a module above.</summary>
/// <param name="Key">In lower case.</param>
/// <param name="Find">The users for whom any of the values holds.</param>
internal sealed record FoundKey(string Key, Func<IReadOnlyList<string>, RowSet> Find);
