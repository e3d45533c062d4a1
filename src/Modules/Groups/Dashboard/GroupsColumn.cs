using Monolith.Members.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Groups.Dashboard;

/// <summary>The groups of people beside their roles, for those who may read all memberships of the table.</summary>
internal sealed class GroupsColumn(ICaller caller, IFeatureGate features) : IUserTableColumn
{
    public string Key => "groups";

    public string Text => Texts.Groups;

    public string Help => Texts.GroupsHelp;

    public string LinkText => Texts.ShowGroups;

    public bool IsShown(Guid? organizationId) =>
        features.Check(GroupsModule.Feature) is null
        && caller.Can(PermissionAction.Read, organizationId is { } id ? ResourceObject.In(ResourceType.GroupMember, id) : ResourceObject.All(ResourceType.GroupMember));

    public string PathFor(IReadOnlyCollection<Guid> userIds, string? organization) =>
        LocalPath.With("/user-groups", [("organization", organization), .. userIds.Select(id => ("user", (string?)id.ToString()))]);
}
