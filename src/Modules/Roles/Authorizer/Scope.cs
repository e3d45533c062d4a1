namespace Monolith.Roles.Authorizer;

/// <summary>A second permission set that must allow too (roles specification 1.10). Every scope that has a name grants at site level only.</summary>
internal sealed class Scope(IReadOnlyList<string> names, PermissionSet permissions, params AllowEntry[] allowList)
{
    private readonly PermissionSet[] _permissions = [permissions];

    public IReadOnlyList<string> Names => names;

    public IReadOnlyList<AllowEntry> AllowList => allowList;

    public bool Allows(PermissionAction action, in ResourceObject target) =>
        Permits(action, target.Type) && Lists(target.Type, target.Id);

    public bool Permits(PermissionAction action, ResourceType type) =>
        PermissionSet.Vote(_permissions, type, PermissionSet.Bit(action)) > 0;

    public bool Lists(ResourceType type, Guid? id)
    {
        foreach (var entry in allowList)
        {
            if (entry.IsFor(type) && (entry.EveryId || entry.Id == id))
                return true;
        }

        return false;
    }

    /// <summary>True when <paramref name="other"/> lets through nothing that this one stops.</summary>
    public bool Covers(Scope other) =>
        _permissions[0].Covers(other._permissions[0])
        && other.AllowList.All(wanted => allowList.Any(entry => entry.Covers(wanted)));

    /// <summary>True when the scope lets a list of this type show rows; <paramref name="ids"/> narrows it to single ones, null to none.</summary>
    public bool Reaches(PermissionAction action, ResourceType type, out IReadOnlySet<Guid>? ids)
    {
        ids = null;
        if (!Permits(action, type))
            return false;
        if (allowList.Any(entry => entry.EveryId && entry.IsFor(type)))
            return true;
        ids = allowList.Where(entry => entry.IsFor(type)).Select(entry => entry.Id).OfType<Guid>().ToHashSet();
        return ids.Count > 0;
    }
}
