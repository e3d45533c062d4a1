using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Pipeline;

/// <summary>Finds the organization and the user that a request names. Whoever the caller may not see is answered like one who is not there. Scoped.</summary>
public sealed class RequestTargets(
    ICaller caller, IOrganizationDirectory organizations, IUserDirectory users, CurrentOrganization currentOrganization, CurrentUser currentUser)
{
    /// <summary>Fills <see cref="CurrentOrganization"/>, or says 404.</summary>
    public async ValueTask<Error?> EnterOrganizationAsync(string reference, CancellationToken cancellationToken)
    {
        var found = await organizations.FindAsync(reference, cancellationToken);
        if (found is null || !caller.Can(PermissionAction.Read, ResourceObject.Organization(found.Id)))
            return Error.NotFound;
        currentOrganization.Value = found;
        return null;
    }

    /// <summary>Fills <see cref="CurrentUser"/>, or says the 404 of every <c>{user}</c>. The pipeline calls it; a handler does where its contract puts the user after the body.</summary>
    /// <param name="reference">The <c>{user}</c> of the route.</param>
    /// <param name="asked">What the caller must hold. Memberships are those in the current organization.</param>
    /// <param name="cancellationToken">Ends the wait for the database.</param>
    public async ValueTask<Error?> EnterUserAsync(string reference, RequiresPermissionOnUserAttribute asked, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(reference, cancellationToken) is not { IsSystem: false } found || (found.Deleted && !asked.IncludeDeleted))
            return Error.UserNotFound;
        var target = TargetOf(asked.Resource, found.Id);
        foreach (var action in asked.Actions)
        {
            if (!caller.Can(action, target))
                return Error.UserNotFound;
        }

        if (asked.OnlySelf && found.Id != caller.UserId)
            return Error.Forbidden;
        currentUser.Value = found;
        return null;
    }

    private ResourceObject TargetOf(ResourceType type, Guid userId) =>
        type == ResourceType.User ? ResourceObject.User(userId)
        : type == ResourceType.OrganizationMember ? ResourceObject.Membership(currentOrganization.Id, userId)
        : ResourceObject.OwnedBy(type, userId);
}
