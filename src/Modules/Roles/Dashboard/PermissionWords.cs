namespace Monolith.Roles.Dashboard;

/// <summary>Resource types and actions in words.</summary>
internal static class PermissionWords
{
    public static string Of(ResourceType type) => type == ResourceType.Any ? Texts.ResourceAny : ResourceCatalog.WordsOf(type) ?? type.WireName();

    public static string Of(PermissionAction action) => Find($"Action{action}") ?? action.WireName();

    private static string? Find(string name) => Texts.ResourceManager.GetString(name, Texts.Culture);
}
