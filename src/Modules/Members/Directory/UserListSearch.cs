using Monolith.Members.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Reads the <c>q</c> of the lists of users and members for the caller, with the keys of modules above. Scoped.</summary>
internal sealed class UserListSearch(SeatFeature seats, IEnumerable<UserFilterKey> keys, IServiceProvider services, TimeProvider clock)
{
    private readonly Dictionary<string, UserFilterKey> _keys = keys.ToDictionary(key => key.Name);

    /// <summary>The <c>q</c> of <c>/users</c>, or a 400 that names everything wrong with it.</summary>
    public async Task<Result<UserFilter>> UsersAsync(string? q, CancellationToken cancellationToken)
    {
        var filter = UserSearch.Parse(q, seats.IsUsable, _keys.Keys);
        return filter.IsSuccess ? await FindAsync(filter.Value, null, cancellationToken) : filter;
    }

    /// <summary>The <c>q</c> of the paginated members, with the roles of the organization.</summary>
    public async Task<Result<OrganizationMemberFilter>> MembersAsync(string? q, OrganizationInfo organization, CancellationToken cancellationToken)
    {
        var filter = UserSearch.ParseMembers(q, seats.IsUsable, organization.DefaultMemberRoles, _keys.Keys);
        return filter.IsSuccess ? filter.Value with { User = await FindAsync(filter.Value.User, organization.Id, cancellationToken) } : filter;
    }

    private async Task<UserFilter> FindAsync(UserFilter filter, Guid? organizationId, CancellationToken cancellationToken)
    {
        if (ReferenceEquals(filter, UserFilter.None))
            return filter;
        var found = new List<RowSet>();
        foreach (var (key, values) in filter.Asked)
            found.Add(await _keys[key].Finder(services).FindAsync(values, organizationId, cancellationToken));
        return filter.At(clock.GetUtcNow()) with { Within = found };
    }
}
