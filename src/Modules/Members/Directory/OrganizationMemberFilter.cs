using Monolith.Entitlements.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Which members a page of them is about.</summary>
/// <param name="User">What is asked of the user.</param>
/// <param name="Roles">What is asked of the membership; null for nothing.</param>
internal sealed record OrganizationMemberFilter(UserFilter User, OrganizationRoleFilter? Roles)
{
    /// <summary>As in <see cref="IUserFilter"/>, of the members of the organization.</summary>
    public SeatGroup? WholeGroup => Roles is null ? User.WholeGroup : null;

    /// <summary>Adds the conditions.</summary>
    public void Restrict(ISpecificationBuilder<MemberRow> query)
    {
        User.Restrict(query);
        Roles?.Restrict(query);
    }
}

/// <summary>Members who hold any of some roles in their organization.</summary>
/// <param name="Stored">Bare names; an unknown one is held by nobody.</param>
/// <param name="OrPeople">Also everybody who is no service account.</param>
/// <param name="OrServiceAccounts">Also every service account.</param>
internal sealed record OrganizationRoleFilter(IReadOnlyList<string> Stored, bool OrPeople, bool OrServiceAccounts)
{
    /// <summary>Null when everybody holds one of them, or none is asked for.</summary>
    public static OrganizationRoleFilter? Of(IReadOnlyList<string> names, IReadOnlyCollection<string> ofEverybody)
    {
        var held = new OrganizationRoleFilter(names, names.Contains(RoleName.OrganizationMember), names.Contains(RoleName.OrganizationServiceAccount));
        return names.Count == 0 || names.Any(ofEverybody.Contains) || held is { OrPeople: true, OrServiceAccounts: true } ? null : held;
    }

    /// <summary>Adds the condition.</summary>
    public void Restrict(ISpecificationBuilder<MemberRow> query) => query
        .Where(member => member.Roles.Any(role => Stored.Contains(role)), !OrPeople && !OrServiceAccounts)
        .Where(member => member.Roles.Any(role => Stored.Contains(role)) || !member.IsServiceAccount, OrPeople)
        .Where(member => member.Roles.Any(role => Stored.Contains(role)) || member.IsServiceAccount, OrServiceAccounts);
}
