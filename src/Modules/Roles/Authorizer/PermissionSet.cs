namespace Monolith.Roles.Authorizer;

/// <summary>A list of permissions as two bit masks a resource type: one bit an action. Immutable.</summary>
internal sealed class PermissionSet
{
    private static readonly uint[] Declared = ResourceCatalog.Seal();

    private readonly uint[] _allowed = new uint[Declared.Length];
    private readonly uint[] _denied = new uint[Declared.Length];

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
        (uint)type.Index < (uint)Declared.Length && (int)action < 32 && (Declared[type.Index] & Bit(action)) != 0;

    /// <summary>-1, 0 or +1: one denial outweighs every grant of the same level.</summary>
    public static int Vote(PermissionSet[] sets, ResourceType type, uint bit)
    {
        uint allowed = 0, denied = 0;
        var index = type.Index;
        if ((uint)index >= (uint)Declared.Length)
            return 0; // nobody declares the type
        foreach (var set in sets)
        {
            allowed |= set._allowed[index];
            denied |= set._denied[index];
        }

        if ((denied & bit) != 0)
            return -1;
        return (allowed & bit) != 0 ? 1 : 0;
    }

    /// <summary>What this one set says on its own; both may be true.</summary>
    public (bool Allows, bool Denies) Says(ResourceType type, PermissionAction action) =>
        IsQuestion(type, action) ? ((_allowed[type.Index] & Bit(action)) != 0, (_denied[type.Index] & Bit(action)) != 0) : default;

    /// <summary>True when this grants whatever <paramref name="other"/> grants. Denials are not looked at: scopes have none.</summary>
    public bool Covers(PermissionSet other) => _allowed.Zip(other._allowed).All(pair => (pair.Second & ~pair.First) == 0);

    private void Add(Permission permission)
    {
        var masks = permission.Negate ? _denied : _allowed;
        if (permission.Resource != ResourceType.Any)
        {
            if (permission.Resource.Index < masks.Length)
                masks[permission.Resource.Index] |= Mask(permission.Resource.Index, permission.Action);
            return;
        }

        for (var type = 0; type < masks.Length; type++)
            masks[type] |= Mask(type, permission.Action);
    }

    private static uint Mask(int type, PermissionAction action) =>
        action == PermissionAction.Any ? Declared[type] : Declared[type] & Bit(action);
}
