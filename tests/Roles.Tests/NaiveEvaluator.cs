using Monolith.Kernel.Authorization;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.Tests;

/// <summary>The text of the roles specification 1.7 to 1.10, line by line over plain lists. It shares no code with the authorizer.</summary>
internal sealed record NaiveSubject(
    Guid Id,
    IReadOnlyList<(Guid? Organization, PermissionLists Lists)> Roles,
    IReadOnlyList<Guid> Groups,
    IReadOnlyList<Permission> ScopePermissions,
    IReadOnlyList<AllowEntry> AllowList)
{
    public bool Can(PermissionAction action, ResourceObject target) =>
        (RoleVerdict(action, target) || AclVerdict(action, target)) && ScopeVerdict(action, target);

    private List<Guid> Organizations => [.. Roles.Where(role => role.Organization is not null).Select(role => role.Organization!.Value).Distinct()];

    private bool RoleVerdict(PermissionAction action, ResourceObject target)
    {
        int Vote(IEnumerable<Permission> permissions) => Count(permissions, target.Type, action);
        int OrgVote(Guid id) => Vote(Roles.Where(role => role.Organization == id).SelectMany(role => role.Lists.Organization));
        int MemberVote(Guid id) => Vote(Roles.Where(role => role.Organization == id).SelectMany(role => role.Lists.Member));
        int Level(Func<Guid, int> vote)
        {
            if (target.AnyOrganization)
                return Organizations.Count == 0 ? 0 : Organizations.Max(vote);
            return target.OrganizationId is { } id && Organizations.Contains(id) ? vote(id) : 0;
        }

        var site = Vote(Roles.SelectMany(role => role.Lists.Site));
        var user = target.OwnerId == Id && target.OrganizationId is null && !target.AnyOrganization
            ? Vote(Roles.SelectMany(role => role.Lists.User))
            : 0;
        var org = Level(OrgVote);
        var member = target.OwnerId is not null && target.OwnerId == Id ? Level(MemberVote) : 0;
        return (site, user, org, member) switch
        {
            (1, _, _, _) => true,
            (-1, _, _, _) => false,
            (_, 1, _, _) => true,
            (_, _, 1, _) => true,
            (_, _, -1, _) => false,
            (_, _, _, 1) => true,
            _ => false,
        };
    }

    private bool AclVerdict(PermissionAction action, ResourceObject target)
    {
        var member = target.AnyOrganization ? Organizations.Count > 0 : target.OrganizationId is { } id && Organizations.Contains(id);
        if (target.Acl is null || !member || !ResourceCatalog.Declares(target.Type, action))
            return false;
        IEnumerable<IReadOnlyList<PermissionAction>> lists =
        [
            .. target.Acl.Users.Where(entry => entry.Key == Id).Select(entry => entry.Value),
            .. target.Acl.Groups.Where(entry => Groups.Contains(entry.Key) || entry.Key == target.OrganizationId).Select(entry => entry.Value),
        ];
        return lists.Any(list => list.Contains(action) || list.Contains(PermissionAction.Any));
    }

    private bool ScopeVerdict(PermissionAction action, ResourceObject target) =>
        Count(ScopePermissions, target.Type, action) == 1
        && AllowList.Any(entry =>
            (entry.Type == ResourceType.Any || entry.Type == target.Type) && (entry.EveryId || entry.Id == target.Id));

    private static int Count(IEnumerable<Permission> permissions, ResourceType type, PermissionAction action)
    {
        var matching = permissions.Where(permission =>
            (permission.Resource == ResourceType.Any || permission.Resource == type)
            && (permission.Action == action || permission.Action == PermissionAction.Any)
            && ResourceCatalog.Declares(type, action)).ToList();
        if (matching.Count == 0)
            return 0;
        return matching.Any(permission => permission.Negate) ? -1 : 1;
    }
}
