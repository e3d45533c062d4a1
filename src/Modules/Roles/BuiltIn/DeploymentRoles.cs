using System.Collections.Frozen;
using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;
using Monolith.Roles.Authorizer;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.BuiltIn;

/// <summary>Settings of a deployment that change built-in roles (roles specification 1.11). From the section <c>Roles</c>.</summary>
internal sealed class RoleOptions
{
    /// <summary>Owners may not enter workspaces of other people.</summary>
    public bool DisableOwnerWorkspaceAccess { get; init; }

    /// <summary>Nobody shares a workspace by role, owners included.</summary>
    public bool DisableWorkspaceSharing { get; init; }

    /// <summary>Nobody shares a chat or a chat project by role.</summary>
    public bool DisableChatSharing { get; init; }

    private static readonly DeclaredSetting<bool> OwnerAccess = DeclaredSetting.Switch(
        "Roles:DisableOwnerWorkspaceAccess", "owners may not enter workspaces of other people (`ssh`, `application_connect`)");

    private static readonly DeclaredSetting<bool> WorkspaceSharing = DeclaredSetting.Switch(
        "Roles:DisableWorkspaceSharing", "nobody shares workspaces by role, whatever organizations say");

    private static readonly DeclaredSetting<bool> ChatSharing = DeclaredSetting.Switch("Roles:DisableChatSharing", "nobody shares chats by role");

    /// <summary>All of the section.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } = [OwnerAccess, WorkspaceSharing, ChatSharing];

    /// <exception cref="SettingException">A value cannot be read.</exception>
    public static RoleOptions Read(IConfiguration configuration) => new()
    {
        DisableOwnerWorkspaceAccess = OwnerAccess.Read(configuration),
        DisableWorkspaceSharing = WorkspaceSharing.Read(configuration),
        DisableChatSharing = ChatSharing.Read(configuration),
    };
}

/// <summary>The built-in site roles as this deployment has them: the tables with its switches applied.</summary>
internal sealed class DeploymentRoles
{
    private readonly FrozenDictionary<string, BuiltInRole> _site;

    public DeploymentRoles(RoleOptions switches)
    {
        DeclaredGrants.Verify();
        Member = With(SiteRoles.Member, [.. SiteRoles.Member.Lists.Site, .. Denials(switches)]);
        AssignableSite = [.. BuiltInRoles.AssignableSite.Select(role => role == SiteRoles.Owner ? OwnerOf(switches) : role)];
        _site = AssignableSite.Append(Member).ToFrozenDictionary(role => role.Name);
    }

    public BuiltInRole Member { get; }

    /// <inheritdoc cref="BuiltInRoles.AssignableSite" />
    public IReadOnlyList<BuiltInRole> AssignableSite { get; }

    public BuiltInRole? FindSite(string name) => _site.GetValueOrDefault(name);

    private static BuiltInRole OwnerOf(RoleOptions switches) => !switches.DisableOwnerWorkspaceAccess
        ? SiteRoles.Owner
        : With(SiteRoles.Owner, [.. SiteRoles.Owner.Lists.Site.Where(permission => permission.Resource != T.Workspace || permission.Action is not (A.Ssh or A.ApplicationConnect))]);

    private static IEnumerable<Permission> Denials(RoleOptions switches) =>
    [
        .. switches.DisableWorkspaceSharing ? Grant.Deny(T.Workspace, A.Share) : [],
        .. switches.DisableChatSharing ? [.. Grant.Deny(T.Chat, A.Share), .. Grant.Deny(T.ChatProject, A.Share)] : Array.Empty<Permission>(),
    ];

    private static BuiltInRole With(BuiltInRole role, IReadOnlyList<Permission> site) =>
        new(role.Name, role.DisplayName, role.Lists with { Site = site });
}
