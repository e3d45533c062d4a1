using Microsoft.Extensions.Configuration;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Settings;
using Monolith.Roles.Assignment;
using Monolith.Roles.AuthCheck;
using Monolith.Roles.Authorizer;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using Monolith.Roles.Dashboard;
using Monolith.Web.Dashboard;

[assembly: RoomTag("Assignment", "Roles")]
[assembly: RoomTag("AuthCheck", "Authorization")]
[assembly: RoomTag("CustomRoles", "Roles")]

namespace Monolith.Roles;

/// <summary>Who may do what: built-in and custom roles, their assignment, and the decision itself.</summary>
public sealed class RolesModule : IModule
{
    /// <inheritdoc />
    public static string Name => "roles";

    /// <inheritdoc />
    public static IReadOnlyList<ResourceDeclaration> Permissions { get; } =
    [
        new(ResourceType.AssignOrgRole, "Roles of the organization", PermissionAction.Assign, PermissionAction.Create, PermissionAction.Delete, PermissionAction.Read, PermissionAction.Unassign, PermissionAction.Update),
        new(ResourceType.AssignRole, "Roles of the deployment", PermissionAction.Assign, PermissionAction.Read, PermissionAction.Unassign),
        .. CompatibleResources.All,
    ];

    /// <inheritdoc />
    public static IReadOnlyCollection<string> Features { get; } = [FeatureNames.CustomRoles];

    /// <inheritdoc />
    public static IReadOnlyList<SettingDeclaration> Settings { get; } = RoleOptions.Declared;

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        var switches = RoleOptions.Read(configuration);
        // Not before every module has declared its resource types.
        services.AddSingleton(_ => new DeploymentRoles(switches));
        services.AddSingleton(new WorkspaceSharingSwitch(switches.DisableWorkspaceSharing));
        services.AddSingleton(new CustomRoleCache());
        services.AddScoped<CustomRoleCompiler>();
        services.AddScoped<ISubjects, SubjectFactory>();
        services.AddSingleton<IKeyScopes, KeyScopes>();
        services.AddSingleton<IRoleNames, RoleNames>();
        services.AddScoped<StoredObjects>();
        services.AddScoped<CustomRoleStore>();
        services.AddScoped<ICustomRoleStore>(provider => provider.GetRequiredService<CustomRoleStore>());
        services.AddScoped<ICustomRoleNames>(provider => provider.GetRequiredService<CustomRoleStore>());
        services.AddScoped<ICustomRoleTexts>(provider => provider.GetRequiredService<CustomRoleStore>());
        services.AddScoped<IRoleAssignment, RoleAssignment>();
        services.AddScoped<IDefaultRoles, DefaultRoles>();
        services.AddScoped<IRoleCatalog, RoleCatalog>();
        services.AddScoped<INavigationSource, RolesNavigation>();
    }
}
