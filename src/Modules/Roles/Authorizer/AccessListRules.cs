namespace Monolith.Roles.Authorizer;

/// <summary>The grants that stand on the object (roles specification 1.8). The caller has checked membership.</summary>
internal static class AccessListRules
{
    public static bool Allows(AccessList acl, Guid userId, Guid[] groups, PermissionAction action, Guid? organizationId)
    {
        if (Lists(acl.Users, userId, action))
            return true;

        // The Everyone group carries the id of its organization.
        if (organizationId is { } everyone && Lists(acl.Groups, everyone, action))
            return true;
        foreach (var group in groups)
        {
            if (Lists(acl.Groups, group, action))
                return true;
        }

        return false;
    }

    private static bool Lists(IReadOnlyDictionary<Guid, IReadOnlyList<PermissionAction>> grants, Guid id, PermissionAction action)
    {
        if (!grants.TryGetValue(id, out var actions))
            return false;

        // An index loop: enumerating through the interface would allocate on every decision.
        for (var i = 0; i < actions.Count; i++)
        {
            if (actions[i] == action || actions[i] == PermissionAction.Any)
                return true;
        }

        return false;
    }
}
