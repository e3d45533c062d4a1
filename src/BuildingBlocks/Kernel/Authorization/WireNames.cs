namespace Monolith.Kernel.Authorization;

/// <summary>The wire names of all resource types that the modules of the process declare, and the wildcard.</summary>
public static class ResourceTypeNames
{
    /// <summary>The wildcard, then the names in alphabetical order.</summary>
    public static IEnumerable<string> All => ResourceCatalog.Types.Select(type => type.WireName()).Prepend("*");
}

/// <summary>The wire names of all actions, and the wildcard.</summary>
public static class PermissionActionNames
{
    /// <summary>In alphabetical order, the wildcard first.</summary>
    public static IEnumerable<string> All => Enum.GetValues<PermissionAction>().Select(action => action.WireName());
}
