namespace Monolith.Roles.Authorizer;

/// <summary>The words that tables of permissions are written in.</summary>
internal static class Grant
{
    public static IEnumerable<Permission> Every(params ResourceType[] types) =>
        types.Select(type => new Permission(false, type, PermissionAction.Any));

    public static IEnumerable<Permission> Allow(ResourceType type, params PermissionAction[] actions) =>
        actions.Select(action => new Permission(false, type, action));

    public static IEnumerable<Permission> AllOf(ResourceType type) => Allow(type, [.. ResourceCatalog.ActionsOf(type)]);

    public static IEnumerable<Permission> AllBut(ResourceType type, params PermissionAction[] left) =>
        Allow(type, [.. ResourceCatalog.ActionsOf(type).Except(left)]);

    public static IEnumerable<Permission> Deny(ResourceType type, params PermissionAction[] actions) =>
        actions.Select(action => new Permission(true, type, action));

    public static IEnumerable<Permission> Read(params ResourceType[] types) =>
        types.Select(type => new Permission(false, type, PermissionAction.Read));
}
