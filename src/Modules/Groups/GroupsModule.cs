using Microsoft.Extensions.Configuration;
using Monolith.Groups.Dashboard;
using Monolith.Groups.Directory;
using Monolith.Groups.Groups;
using Monolith.Groups.Roster;
using Monolith.Kernel.Privacy;
using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;
using Monolith.Web.Dashboard;

[assembly: RoomTag("Groups", "Groups")]
[assembly: RoomTag("Roster", "Groups")]

namespace Monolith.Groups;

/// <summary>Groups of the members of an organization, the group of everybody among them.</summary>
public sealed class GroupsModule : IModule
{
    /// <summary>The feature without which every route of the module is refused.</summary>
    internal const string Feature = "template_rbac";

    /// <inheritdoc />
    public static string Name => "groups";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(ResourceType.Group, "Groups", PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read, PermissionAction.Update),
        new(ResourceType.GroupMember, "Members of groups", PermissionAction.Read),
    ];

    /// <inheritdoc />
    public static IReadOnlyCollection<string> Features { get; } = [Feature];

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddReadStore<GroupsModule, GroupRow>(GroupMap.Table);
        services.AddScoped<IGroupMembers, GroupMembers>();
        services.AddScoped<CurrentGroup>();
        services.AddScoped<GroupAccess>();
        services.AddScoped<GroupEntrance>();
        services.AddScoped<GroupResponses>();
        services.AddScoped<GroupFilterReader>();
        services.AddScoped<GroupListReader>();
        services.AddScoped<GroupMemberList>();
        services.AddScoped<IGroupWriter, GroupWriter>();
        services.AddScoped<GroupKey>();
        services.AddSingleton(GroupKey.Key);
        services.AddScoped<IAuthCheckTargets, GroupTargets>();
        services.AddScoped<IOrganizationContents, GroupsOfOrganization>();
        services.AddScoped<INavigationSource, GroupsNavigation>();
        services.AddScoped<IUserTableColumn, GroupsColumn>();
        services.AddScoped<IUserData, GroupData>();
    }
}
