using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Roles.Authorizer;

/// <summary>A list of permissions as two bit masks a resource type: one bit an action. Immutable.</summary>
internal sealed class PermissionSet
{
    private static readonly int TypeCount = Enum.GetValues<ResourceType>().Length;

    private static readonly uint[] Declared =
        [.. Enum.GetValues<ResourceType>().Select(type => ResourceCatalog.ActionsOf(type).Aggregate(0u, (mask, action) => mask | Bit(action)))];

    private readonly uint[] _allowed = new uint[TypeCount];
    private readonly uint[] _denied = new uint[TypeCount];

    private PermissionSet(bool isEmpty) => IsEmpty = isEmpty;

    public static PermissionSet Empty { get; } = new(true);

    public bool IsEmpty { get; }

    public static PermissionSet Compile(IReadOnlyList<Permission> permissions)
    {
        if (permissions.Count == 0)
            return Empty;
        var set = new PermissionSet(false);
        foreach (var permission in permissions)
            set.Add(permission);
        return set;
    }

    public static uint Bit(PermissionAction action) => 1u << (int)action;

    /// <summary>False for wildcards and for actions that the type does not declare: such a question is refused to everybody.</summary>
    public static bool IsQuestion(ResourceType type, PermissionAction action) =>
        (int)type < TypeCount && (int)action < 32 && (Declared[(int)type] & Bit(action)) != 0;

    /// <summary>-1, 0 or +1: one denial outweighs every grant of the same level.</summary>
    public static int Vote(PermissionSet[] sets, ResourceType type, uint bit)
    {
        uint allowed = 0, denied = 0;
        foreach (var set in sets)
        {
            allowed |= set._allowed[(int)type];
            denied |= set._denied[(int)type];
        }

        if ((denied & bit) != 0)
            return -1;
        return (allowed & bit) != 0 ? 1 : 0;
    }

    /// <summary>What this one set says on its own; both may be true.</summary>
    public (bool Allows, bool Denies) Says(ResourceType type, PermissionAction action) =>
        ((_allowed[(int)type] & Bit(action)) != 0, (_denied[(int)type] & Bit(action)) != 0);

    /// <summary>True when this grants whatever <paramref name="other"/> grants. Denials are not looked at: scopes have none.</summary>
    public bool Covers(PermissionSet other) => _allowed.Zip(other._allowed).All(pair => (pair.Second & ~pair.First) == 0);

    private void Add(Permission permission)
    {
        var masks = permission.Negate ? _denied : _allowed;
        if (permission.Resource != ResourceType.Any)
        {
            masks[(int)permission.Resource] |= Mask((int)permission.Resource, permission.Action);
            return;
        }

        for (var type = 0; type < TypeCount; type++)
            masks[type] |= Mask(type, permission.Action);
    }

    private static uint Mask(int type, PermissionAction action) =>
        action == PermissionAction.Any ? Declared[type] : Declared[type] & Bit(action);
}
