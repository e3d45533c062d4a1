using System.ComponentModel.DataAnnotations;
using Monolith.Groups.Directory;
using Monolith.Members.Contracts;

namespace Monolith.Groups.Groups;

internal sealed class CreateGroupEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/organizations/{organization}/groups",
            (string organization, Body<CreateGroupRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateGroupCommand(organization, body), ct).With(document => document.ToResult(StatusCodes.Status201Created)))
        .For<CreateGroupCommand>("create-group-for-organization", "Creates a group without members.")
        .Produces<Group>(201)
        .Tagged()
        .Fails(409);
}

/// <summary>A new group; only the name is needed. An empty display name stays empty.</summary>
internal sealed record CreateGroupRequest([property: Required] string? Name, string? DisplayName, string? AvatarUrl, long? QuotaAllowance);

[RequiresFeature(GroupsModule.Feature)]
[RequiresPermission(ResourceType.Group, PermissionAction.Create)]
internal sealed record CreateGroupCommand(string Organization, Body<CreateGroupRequest> Body) : ICommand<GroupDocument>, IOrganizationRequest;

internal sealed class CreateGroupValidator : AbstractValidator<CreateGroupCommand>
{
    public CreateGroupValidator()
    {
        RuleFor(command => command.Body.Value.Name).Must(name => !string.IsNullOrEmpty(name)).WithMessage("Required.").OverridePropertyName("name");
        RuleFor(command => command.Body.Value.Name).GroupName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.DisplayName).GroupDisplayName().OverridePropertyName("display_name");
        RuleFor(command => command.Body.Value.AvatarUrl).GroupAvatar().OverridePropertyName("avatar_url");
        RuleFor(command => command.Body.Value.QuotaAllowance).Allowance().OverridePropertyName("quota_allowance");
    }
}

internal sealed class CreateGroupHandler(IGroupWriter groups, IMembershipHolds holds, CurrentOrganization organization, GroupResponses responses, AuditTrail audit)
    : ICommandHandler<CreateGroupCommand, GroupDocument>
{
    public async Task<Result<GroupDocument>> Handle(CreateGroupCommand request, CancellationToken cancellationToken)
    {
        var row = NewGroup(request.Body.Value, organization.Value);
        audit.Record(new AuditEntry(AuditAction.Create, "group", row.Id, row.Name, row.OrganizationId, After: GroupAudit.From(row, []), SuccessStatus: 201));
        if (GroupRules.IsEverybody(row.Name))
            return GroupRules.NameReserved;
        if (!await holds.HoldOrganizationAsync(organization.Id, cancellationToken))
            return Error.NotFound;
        if (!await groups.InsertAsync(row, cancellationToken))
            return GroupRules.NameTaken;
        return await responses.ToDocumentAsync(row, excludeMembers: true, cancellationToken);
    }

    private static GroupRow NewGroup(CreateGroupRequest body, OrganizationInfo organization) => new()
    {
        Id = Guid.CreateVersion7(),
        OrganizationId = organization.Id,
        OrganizationName = organization.Name,
        OrganizationDisplayName = organization.DisplayName,
        Name = body.Name!,
        DisplayName = body.DisplayName ?? "",
        AvatarUrl = body.AvatarUrl ?? "",
        QuotaAllowance = (int)(body.QuotaAllowance ?? 0),
    };
}
