using System.ComponentModel.DataAnnotations;
using Monolith.Members.Directory;

namespace Monolith.Members.Memberships;

internal sealed class AddMembersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/organizations/{organization}/members",
            (string organization, Body<AddOrganizationMembersRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new AddMembersCommand(organization, body), ct).Ok())
        .For<AddMembersCommand>("add-organization-members", "Adds up to 100 users to an organization, all of them or none.")
        .Produces<IReadOnlyList<OrganizationMember>>();
}

/// <summary>1 to 100 users; repeated ids are taken once.</summary>
internal sealed record AddOrganizationMembersRequest([property: Required] IReadOnlyList<Guid>? UserIds);

[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.OrganizationMember, PermissionAction.Create)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Assign)]
internal sealed record AddMembersCommand(string Organization, Body<AddOrganizationMembersRequest> Body)
    : ICommand<IReadOnlyList<OrganizationMember>>, IOrganizationRequest;

internal sealed class AddMembersValidator : AbstractValidator<AddMembersCommand>
{
    public AddMembersValidator() => RuleFor(command => command.Body.Value.UserIds)
        .Must(ids => ids is { Count: >= 1 and <= 100 }).OverridePropertyName("user_ids").WithMessage("From 1 to 100 user ids are required.");
}

/// <summary>All or nothing (contract section 2). A target that is absent and one that is hidden are refused alike.</summary>
internal sealed class AddMembersHandler(
    IReadableUsers users,
    IMembershipWriter memberships,
    CurrentOrganization organization,
    MembershipRules rules,
    AuditTrail audit)
    : ICommandHandler<AddMembersCommand, IReadOnlyList<OrganizationMember>>
{
    public async Task<Result<IReadOnlyList<OrganizationMember>>> Handle(AddMembersCommand request, CancellationToken cancellationToken)
    {
        var wanted = request.Body.Value.UserIds!.Distinct().ToList();
        var names = (await users.FindReadableAsync(wanted, cancellationToken)).ToDictionary(user => user.Id, user => user.Username);
        if (names.Count < wanted.Count || rules.RefuseAdding(organization.Value) is not null)
            return Error.Forbidden;

        var (created, inserted) = await memberships.InsertAsync(organization.Id, wanted, cancellationToken);
        if (inserted.Count < wanted.Count)
            return await ExplainAsync([.. wanted.Except(inserted)], cancellationToken);

        var added = wanted.ConvertAll(id => new OrganizationMember(id, organization.Id, created, created, []));
        foreach (var member in added)
            audit.Record(new AuditEntry(AuditAction.Create, "organization_member", member.UserId, names[member.UserId], organization.Id, After: member));
        return added;
    }

    private async Task<Error> ExplainAsync(List<Guid> left, CancellationToken cancellationToken)
    {
        var already = await memberships.MembersAmongAsync(organization.Id, left, cancellationToken);
        if (already.Count < left.Count)
            return Error.Forbidden;
        return Error.BadRequest("Some users are already organization members. Nobody was added.") with
        {
            Validations = [.. left.Select(id => new FieldError("user_ids", $"{id} is already an organization member."))],
        };
    }
}
