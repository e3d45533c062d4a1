namespace Monolith.Roles.Authorizer;

/// <summary>One entry of an allow list. A null id with <paramref name="EveryId"/> false stands for objects without an id.</summary>
internal readonly record struct AllowEntry(ResourceType Type, Guid? Id, bool EveryId = false)
{
    public static AllowEntry Everything { get; } = new(ResourceType.Any, null, EveryId: true);

    public bool IsFor(ResourceType type) => Type == type || Type == ResourceType.Any;

    public bool Covers(AllowEntry other) => IsFor(other.Type) && (EveryId || (!other.EveryId && Id == other.Id));

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
