using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Roles.Authorizer;

/// <summary>One entry of an allow list. A null id with <paramref name="EveryId"/> false stands for objects without an id.</summary>
internal readonly record struct AllowEntry(ResourceType Type, Guid? Id, bool EveryId = false)
{
    public static AllowEntry Everything { get; } = new(ResourceType.Any, null, EveryId: true);

    /// <summary>Reads <c>type:id</c>; null when it is malformed.</summary>
    public static AllowEntry? Parse(string? text)
    {
        if (text?.Split(':') is not [var type, var id] || !ResourceCatalog.TryParse(type, out ResourceType parsed))
            return null;
        if (id == "*")
            return new AllowEntry(parsed, null, EveryId: true);
        return Guid.TryParseExact(id, "D", out var one) ? new AllowEntry(parsed, one) : null;
    }

    public override string ToString() => $"{Type.WireName()}:{(EveryId ? "*" : Id?.ToString("D"))}";
}

/// <summary>A second permission set that must allow too (roles specification 1.10). Every scope that has a name grants at site level only.</summary>
internal sealed class Scope(PermissionSet permissions, params AllowEntry[] allowList)
{
    private readonly PermissionSet[] _permissions = [permissions];

    public bool Allows(PermissionAction action, in ResourceObject target) =>
        Permits(action, target.Type) && Lists(target.Type, target.Id);

    /// <summary>True when the scope narrows no list of this type. A scope limited to single ids shows no list at all.</summary>
    public bool AllowsEvery(PermissionAction action, ResourceType type)
    {
        foreach (var entry in allowList)
        {
            if (entry.EveryId && (entry.Type == type || entry.Type == ResourceType.Any))
                return Permits(action, type);
        }

        return false;
    }

    private bool Permits(PermissionAction action, ResourceType type) =>
        PermissionSet.Vote(_permissions, type, PermissionSet.Bit(action)) > 0;

    private bool Lists(ResourceType type, Guid? id)
    {
        foreach (var entry in allowList)
        {
            if ((entry.Type == type || entry.Type == ResourceType.Any) && (entry.EveryId || entry.Id == id))
                return true;
        }

        return false;
    }
}
