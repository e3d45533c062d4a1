using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Roles.Authorizer;

/// <summary>One entry of an allow list. A null id with <paramref name="EveryId"/> false stands for objects without an id.</summary>
internal readonly record struct AllowEntry(ResourceType Type, Guid? Id, bool EveryId = false)
{
    public static AllowEntry Everything { get; } = new(ResourceType.Any, null, EveryId: true);

    /// <summary>Reads <c>type:id</c>, where either side may be <c>*</c>; null when it is neither.</summary>
    public static AllowEntry? Parse(string? text)
    {
        if (text?.Split(':') is not [var name, var id])
            return null;
        var type = ResourceType.Any;
        if (name != "*" && !ResourceCatalog.TryParse(name, out type))
            return null;
        return id == "*" ? new(type, null, EveryId: true)
            : Guid.TryParseExact(id, "D", out var single) ? new(type, single)
            : null;
    }

    public bool Covers(AllowEntry other) =>
        (Type == ResourceType.Any || Type == other.Type) && (EveryId || (!other.EveryId && Id == other.Id));

    public override string ToString() => $"{Type.WireName()}:{(EveryId ? "*" : Id?.ToString("D"))}";
}

/// <summary>A second permission set that must allow too (roles specification 1.10). Every scope that has a name grants at site level only.</summary>
internal sealed class Scope(PermissionSet permissions, params AllowEntry[] allowList)
{
    private readonly PermissionSet[] _permissions = [permissions];
    private readonly AllowEntry[] _allowList = allowList;

    public bool Allows(PermissionAction action, in ResourceObject target) =>
        Permits(action, target.Type) && Lists(target.Type, target.Id);

    /// <summary>True when the scope narrows no list of this type. A scope limited to single ids shows no list at all.</summary>
    public bool AllowsEvery(PermissionAction action, ResourceType type)
    {
        foreach (var entry in _allowList)
        {
            if (entry.EveryId && (entry.Type == type || entry.Type == ResourceType.Any))
                return Permits(action, type);
        }

        return false;
    }

    /// <summary>True when <paramref name="other"/> lets through nothing that this one stops.</summary>
    public bool Covers(Scope other) =>
        _permissions[0].Covers(other._permissions[0])
        && other._allowList.All(wanted => _allowList.Any(entry => entry.Covers(wanted)));

    private bool Permits(PermissionAction action, ResourceType type) =>
        PermissionSet.Vote(_permissions, type, PermissionSet.Bit(action)) > 0;

    private bool Lists(ResourceType type, Guid? id)
    {
        foreach (var entry in _allowList)
        {
            if ((entry.Type == type || entry.Type == ResourceType.Any) && (entry.EveryId || entry.Id == id))
                return true;
        }

        return false;
    }
}
