using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

internal sealed class AddMemberEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/organizations/{organization}/members/{user}",
            (string organization, string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new AddMemberCommand(organization, user), ct).Ok())
        .For<AddMemberCommand>("add-organization-member", "Adds a user to an organization.")
        .Produces<OrganizationMember>()
        .Tagged()
        .Fails(400, 403);
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
[RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Create, HideRefusal = true)]
[RequiresPermission(ResourceType.AssignOrgRole, PermissionAction.Assign, HideRefusal = true)]
internal sealed record AddMemberCommand(string Organization, string User) : ICommand<OrganizationMember>, IOrganizationRequest, IUserRequest;

internal sealed class AddMemberHandler(
    CurrentUser target,
    CurrentOrganization organization,
    IMembershipWriter memberships,
    MembershipRules rules,
    AuditTrail audit)
    : ICommandHandler<AddMemberCommand, OrganizationMember>
{
    public async Task<Result<OrganizationMember>> Handle(AddMemberCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        if (rules.RefuseRoles(organization.Value) is { } refusal)
            return refusal;
        if (await memberships.InsertAsync(organization.Id, user.Id, cancellationToken) is not { } created)
        {
            return (await memberships.MembersAmongAsync(organization.Id, [user.Id], cancellationToken)).Count == 0
                ? Error.UserNotFound
                : Error.BadRequest("The user is already an organization member.", $"{user.Username} belongs to {organization.Value.DisplayName} already.");
        }

        var member = new OrganizationMember(user.Id, organization.Id, created, created, []);
        audit.Record(new AuditEntry(AuditAction.Create, "organization_member", user.Id, user.Username, organization.Id, After: member));
        return member;
    }
}
