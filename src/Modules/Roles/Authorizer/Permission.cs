namespace Monolith.Roles.Authorizer;

/// <summary>One line of a role: it grants an action on a type, or with <paramref name="Negate"/> takes it away.</summary>
internal readonly record struct Permission(bool Negate, ResourceType Resource, PermissionAction Action);

/// <summary>The four levels of a role (roles specification 1.4).</summary>
internal sealed record PermissionLists
{
    public IReadOnlyList<Permission> Site { get; init; } = [];

    public IReadOnlyList<Permission> User { get; init; } = [];

    public IReadOnlyList<Permission> Organization { get; init; } = [];

    public IReadOnlyList<Permission> Member { get; init; } = [];
}

/// <summary>The four levels of a role in the form that decisions read.</summary>
internal sealed record CompiledRole(PermissionSet Site, PermissionSet User, PermissionSet Organization, PermissionSet Member)
{
    public static CompiledRole Compile(PermissionLists lists) => new(
        PermissionSet.Compile(lists.Site),
        PermissionSet.Compile(lists.User),
        PermissionSet.Compile(lists.Organization),
        PermissionSet.Compile(lists.Member));
}
