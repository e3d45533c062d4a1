namespace Monolith.Kernel.Authorization;

/// <summary>The object of an authorization question. With no id, owner or organization it means every object of the type in the deployment.</summary>
/// <param name="Type">A concrete type; the wildcard matches nothing here.</param>
/// <param name="Id">The object's id; null for "create" and "all of them".</param>
/// <param name="OrganizationId">The organization that the object belongs to, or null.</param>
/// <param name="OwnerId">The user who owns the object, or null.</param>
/// <param name="AnyOrganization">Asks "in at least one organization?"; wins over <paramref name="OrganizationId"/>.</param>
/// <param name="Acl">Grants on the object itself, or null.</param>
public readonly record struct ResourceObject(
    ResourceType Type,
    Guid? Id = null,
    Guid? OrganizationId = null,
    Guid? OwnerId = null,
    bool AnyOrganization = false,
    AccessList? Acl = null)
{
    private static readonly ResourceType UserType = ResourceType.User;
    private static readonly ResourceType MemberType = ResourceType.OrganizationMember;
    private static readonly ResourceType OrganizationType = ResourceType.Organization;

    /// <summary>Every object of the type in the deployment.</summary>
    public static ResourceObject All(ResourceType type) => new(type);

    /// <summary>Every object of the type in one organization.</summary>
    public static ResourceObject In(ResourceType type, Guid organizationId) => new(type, OrganizationId: organizationId);

    /// <summary>A user: owned by itself, in no organization.</summary>
    public static ResourceObject User(Guid userId) => new(UserType, userId, OwnerId: userId);

    /// <summary>An object that a user owns outside any organization.</summary>
    public static ResourceObject OwnedBy(ResourceType type, Guid ownerId, Guid? id = null) => new(type, id, OwnerId: ownerId);

    /// <summary>A membership: it belongs to the organization and is owned by the member.</summary>
    public static ResourceObject Membership(Guid organizationId, Guid userId) =>
        new(MemberType, userId, organizationId, userId);

    /// <summary>An organization: it carries its own id as organization.</summary>
    public static ResourceObject Organization(Guid organizationId) => new(OrganizationType, organizationId, organizationId);
}

/// <summary>Grants that stand on an object. They add to what roles allow and are not cancelled by negative permissions.</summary>
/// <param name="Users">Actions by user id.</param>
/// <param name="Groups">Actions by group id. The Everyone group's id equals the organization id.</param>
public sealed record AccessList(
    IReadOnlyDictionary<Guid, IReadOnlyList<PermissionAction>> Users,
    IReadOnlyDictionary<Guid, IReadOnlyList<PermissionAction>> Groups);

/// <summary>The rows of one resource type that a subject may act on, as a filter: the list form of the same decision.</summary>
/// <param name="Everything">True: every row.</param>
/// <param name="Organizations">Rows of these organizations.</param>
/// <param name="OwnedOutsideOrganizations">Rows without organization whose owner is the subject.</param>
/// <param name="OwnedInOrganizations">Rows of these organizations whose owner is the subject.</param>
/// <param name="Ids">Of all those, only rows with these ids: the API key is limited to them. Null: no such limit.</param>
public sealed record VisibleRows(
    bool Everything,
    IReadOnlySet<Guid> Organizations,
    bool OwnedOutsideOrganizations,
    IReadOnlySet<Guid> OwnedInOrganizations,
    IReadOnlySet<Guid>? Ids = null);
