namespace Monolith.Kernel.Authorization;

/// <summary>A resource type as its module declares it, see <c>IModule.Permissions</c>.</summary>
/// <param name="Name">On the wire, snake_case.</param>
/// <param name="Words">What pages call its objects, in the plural: <c>Licenses</c>.</param>
/// <param name="Actions">What may be done to its objects; at least one.</param>
public sealed record ResourceDeclaration(string Name, string Words, params PermissionAction[] Actions)
{
    /// <summary>Built-in roles that hold permissions on it. Those of the compatible system stand in the tables of the Roles module.</summary>
    public IReadOnlyList<BuiltInGrant> Grants { get; init; } = [];
}

/// <summary>What a built-in role may do to the objects of a resource type: everywhere in the deployment for a site role, in its organization for an organization role.</summary>
/// <param name="Role">The name of the role, such as <c>owner</c> or <c>organization-admin</c>.</param>
/// <param name="Actions">The actions granted.</param>
public sealed record BuiltInGrant(string Role, params PermissionAction[] Actions)
{
    /// <summary>True: only to objects that the holder of the role owns.</summary>
    public bool OnOwn { get; init; }
}
