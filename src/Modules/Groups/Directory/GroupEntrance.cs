namespace Monolith.Groups.Directory;

/// <summary>The group of the request: readable by the caller. Scoped.</summary>
internal sealed class CurrentGroup
{
    private GroupRow? _value;

    public GroupRow Value
    {
        get => _value ?? throw new InvalidOperationException("The request has no group.");
        set => _value = value;
    }
}

/// <summary>Finds the group that a route names. What the caller may not see is answered like what is not there.</summary>
internal sealed class GroupEntrance(IReadStore<GroupRow> groups, GroupAccess access, CurrentGroup current, CurrentOrganization organization)
{
    private static readonly Error NoUuid = Error.Invalid("group", "Must be a uuid.");

    /// <summary>By its id; 403 when it is readable, and <paramref name="action"/> is not allowed.</summary>
    public async ValueTask<Error?> EnterAsync(string group, PermissionAction action, CancellationToken cancellationToken) =>
        Guid.TryParseExact(group, "D", out var id)
            ? await EnterAsync(await groups.SingleOrDefaultAsync(new GroupById(id), cancellationToken), action, cancellationToken)
            : NoUuid;

    /// <summary>By its name, in the organization of the request.</summary>
    public async ValueTask<Error?> EnterNamedAsync(string name, CancellationToken cancellationToken) =>
        await EnterAsync(await groups.SingleOrDefaultAsync(new GroupByName(organization.Id, name), cancellationToken), PermissionAction.Read, cancellationToken);

    private async ValueTask<Error?> EnterAsync(GroupRow? found, PermissionAction action, CancellationToken cancellationToken)
    {
        if (found is null || !await access.SeesAsync(found, cancellationToken))
            return Error.NotFound;
        if (action != PermissionAction.Read && !access.May(action, found))
            return Error.Forbidden;
        current.Value = found;
        return null;
    }
}
