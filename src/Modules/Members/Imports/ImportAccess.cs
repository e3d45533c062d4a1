namespace Monolith.Members.Imports;

/// <summary>Who may import. Scoped.</summary>
internal sealed class ImportAccess(ICaller caller, RequestTargets targets, CurrentOrganization organization)
{
    /// <summary>Null when the caller may import: into the organization, or accounts when it is null. Asked before a byte of the file is read; each batch is asked again.</summary>
    public async Task<Error?> RefuseAsync(string? reference, CancellationToken cancellationToken)
    {
        if (!caller.IsAuthenticated)
            return caller.Failure ?? SessionErrors.Missing;
        if (reference is null)
            return MayCreate ? null : Error.Forbidden;
        if (await targets.EnterOrganizationAsync(reference, cancellationToken) is { } hidden)
            return hidden;
        return caller.Can(PermissionAction.Create, ResourceObject.In(ResourceType.OrganizationMember, organization.Id))
            && caller.Can(PermissionAction.Assign, ResourceObject.In(ResourceType.AssignOrgRole, organization.Id)) ? null : Error.NotFound;
    }

    /// <summary>The caller may know the user.</summary>
    public bool Sees(Guid userId) => caller.Can(PermissionAction.Read, ResourceObject.User(userId));

    /// <summary>The caller may create users.</summary>
    public bool MayCreate => caller.Can(PermissionAction.Create, ResourceObject.All(ResourceType.User)) && caller.Can(PermissionAction.Assign, ResourceObject.All(ResourceType.AssignRole));
}
