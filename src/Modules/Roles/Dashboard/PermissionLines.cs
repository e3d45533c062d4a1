using Monolith.Roles.CustomRoles;
using Monolith.Web.Dashboard;

namespace Monolith.Roles.Dashboard;

/// <summary>The permissions of a role as people read them: by level, one line a resource.</summary>
internal static class PermissionLines
{
    public static IReadOnlyList<PermissionList.Level> Of(AssignableRole role) =>
    [
        .. new[]
        {
            Level(Texts.LevelOrganization, Texts.LevelOrganizationLead, "", role.OrganizationPermissions),
            Level(Texts.LevelMember, Texts.LevelMemberLead, Texts.LevelMemberShort, role.OrganizationMemberPermissions),
            Level(Texts.LevelSite, Texts.LevelSiteLead, Texts.LevelSiteShort, role.SitePermissions),
            Level(Texts.LevelUser, Texts.LevelUserLead, Texts.LevelUserShort, role.UserPermissions),
        }.Where(level => level.Lines.Count > 0),
    ];

    private static PermissionList.Level Level(string title, string lead, string shortName, IEnumerable<PermissionView> permissions) => new(
        title,
        lead,
        shortName,
        [.. permissions.GroupBy(permission => (permission.ResourceType, permission.Negate)).Select(Line).OrderBy(line => line.Words, StringComparer.Ordinal)]);

    private static PermissionList.Line Line(IGrouping<(string? ResourceType, bool Negate), PermissionView> group)
    {
        var id = group.Key.ResourceType ?? "";
        var known = ResourceCatalog.TryParse(id, out ResourceType type);
        List<string> actions = [.. group.Select(permission => Word(permission.Action)).Distinct()];
        var declared = known ? ResourceCatalog.ActionsOf(type).Count : 0;
        var all = group.Any(permission => permission.Action == "*") || (declared > 2 && actions.Count == declared);
        return new(known ? PermissionWords.Of(type) : id, id, group.Key.Negate, actions, Summary(actions, declared, all));
    }

    private static string Summary(List<string> actions, int declared, bool all)
    {
        if (all)
            return Texts.AllActions;
        return actions.Count <= 2 ? string.Join(", ", actions).ToLowerInvariant() : Phrase.Of(Texts.SomeActions, actions.Count, declared);
    }

    private static string Word(string? action) => ResourceCatalog.TryParse(action, out PermissionAction known) ? PermissionWords.Of(known) : action ?? "";
}
