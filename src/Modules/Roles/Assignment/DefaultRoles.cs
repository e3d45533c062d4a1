using Monolith.Entitlements.Contracts;
using Monolith.Roles.BuiltIn;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.Assignment;

internal sealed class DefaultRoles(IRoleAssignment assignment, IEntitlements entitlements) : IDefaultRoles
{
    private static readonly string[] Deployment = [RoleName.OrganizationWorkspaceAccess];

    private static readonly Error NotEnabled = new(
        ErrorKind.Forbidden,
        "Changing default organization roles is not enabled.",
        "It needs the feature custom_roles.");

    public IReadOnlyList<string> OfDeployment => Deployment;

    public async Task<Error?> CheckAsync(
        Subject actor,
        Guid organizationId,
        IReadOnlyCollection<string> stored,
        IReadOnlyCollection<string> wanted,
        CancellationToken cancellationToken)
    {
        if (wanted.Any(RoleName.IsRetired))
            return Invalid("The role is retired.");
        if (!wanted.All(name => BuiltInRoles.AssignableOrganization.Any(role => role.Name == name)))
            return Invalid("Only built-in organization roles can be default roles.");
        if (stored.ToHashSet().SetEquals(wanted))
            return null;
        if (!Deployment.ToHashSet().SetEquals(wanted) && !entitlements.IsUsable(FeatureNames.CustomRoles))
            return NotEnabled;
        return await assignment.CheckOrganizationAsync(actor, organizationId, stored, wanted, cancellationToken);
    }

    public IReadOnlyList<string> Shown(IEnumerable<string> stored) => [.. stored.Where(name => !RoleName.IsRetired(name))];

    private static Error Invalid(string reason) => Error.BadRequest("Invalid default_org_member_roles entry.", reason) with
    {
        Validations = [new FieldError("default_org_member_roles", reason)],
    };
}
