using System.ComponentModel.DataAnnotations;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Organizations;

internal sealed class CreateOrganizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/organizations",
            (Body<CreateOrganizationRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateOrganizationCommand(body), ct).Created())
        .For<CreateOrganizationCommand>("create-organization", "Creates an organization, whose first member is the caller.")
        .Produces<Organization>(201)
        .Fails(409);
}

/// <summary>A new organization. An empty display name becomes the name.</summary>
internal sealed record CreateOrganizationRequest([property: Required] string? Name, string? DisplayName, string? Description, string? Icon);

[RequiresFeature(FeatureNames.MultipleOrganizations)]
[RequiresPermission(ResourceType.Organization, PermissionAction.Create)]
internal sealed record CreateOrganizationCommand(Body<CreateOrganizationRequest> Body) : ICommand<Organization>;

internal sealed class CreateOrganizationValidator : AbstractValidator<CreateOrganizationCommand>
{
    public CreateOrganizationValidator()
    {
        RuleFor(command => command.Body.Value.Name).Must(name => !string.IsNullOrEmpty(name)).WithMessage("Required.").OverridePropertyName("name");
        RuleFor(command => command.Body.Value.Name).OrganizationName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.DisplayName).OrganizationDisplayName().OverridePropertyName("display_name");
        RuleFor(command => command.Body.Value.Description).OrganizationText().OverridePropertyName("description");
        RuleFor(command => command.Body.Value.Icon).OrganizationText().OverridePropertyName("icon");
    }
}

internal sealed class CreateOrganizationHandler(IOrganizationWriter organizations, IMembershipWriter memberships, ICaller caller, AuditTrail audit)
    : ICommandHandler<CreateOrganizationCommand, Organization>
{
    public async Task<Result<Organization>> Handle(CreateOrganizationCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        var id = Guid.CreateVersion7();
        var organization = await organizations.InsertAsync(
            id,
            body.Name!,
            string.IsNullOrEmpty(body.DisplayName) ? body.Name! : body.DisplayName,
            body.Description ?? "",
            body.Icon ?? "",
            cancellationToken);
        if (organization is not null)
            await memberships.InsertAsync(id, caller.UserId, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Create, "organization", id, body.Name, id, After: organization, SuccessStatus: 201));
        return organization is null ? OrganizationRules.NameTaken : organization;
    }
}
