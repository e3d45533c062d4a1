using Monolith.Entitlements.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Organizations;

internal sealed class UpdateOrganizationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPatch(
            "/organizations/{organization}",
            (string organization, Body<UpdateOrganizationRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateOrganizationCommand(organization, body), ct).Ok())
        .For<UpdateOrganizationCommand>("update-organization", "Changes an organization; what is left out stays as it is.")
        .Produces<Organization>()
        .Fails(409);
}

/// <summary>What to change; null leaves a value alone. An empty description or icon clears it, an empty name or display name changes nothing.</summary>
internal sealed record UpdateOrganizationRequest(
    string? Name, string? DisplayName, string? Description, string? Icon, IReadOnlyList<string>? DefaultOrgMemberRoles);

[RequiresFeature(FeatureNames.MultipleOrganizations)]
[RequiresPermission(ResourceType.Organization, PermissionAction.Update, HideRefusal = true)]
internal sealed record UpdateOrganizationCommand(string Organization, Body<UpdateOrganizationRequest> Body)
    : ICommand<Organization>, IOrganizationRequest;

internal sealed class UpdateOrganizationValidator : AbstractValidator<UpdateOrganizationCommand>
{
    public UpdateOrganizationValidator()
    {
        RuleFor(command => command.Body.Value.Name).OrganizationName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.DisplayName).OrganizationDisplayName().OverridePropertyName("display_name");
        RuleFor(command => command.Body.Value.Description).OrganizationText().OverridePropertyName("description");
        RuleFor(command => command.Body.Value.Icon).OrganizationText().OverridePropertyName("icon");
        RuleFor(command => command.Body.Value.DefaultOrgMemberRoles)
            .Must(roles => roles is null || (roles.Count <= 100 && roles.All(role => role is { Length: <= 100 })))
            .OverridePropertyName("default_org_member_roles").WithMessage("At most 100 role names, each at most 100 characters.");
    }
}

internal sealed class UpdateOrganizationHandler(
    IOrganizationWriter organizations,
    CurrentOrganization current,
    ICaller caller,
    IDefaultRoles defaults,
    AuditTrail audit)
    : ICommandHandler<UpdateOrganizationCommand, Organization>
{
    public async Task<Result<Organization>> Handle(UpdateOrganizationCommand request, CancellationToken cancellationToken)
    {
        if (await organizations.LockAsync(current.Id, cancellationToken) is not { } stored)
            return Error.NotFound;
        var wanted = Apply(request.Body.Value, stored);
        var after = await organizations.UpdateAsync(wanted, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "organization", stored.Id, stored.Name, stored.Id, Before: stored, After: after));
        if (after is null)
            return OrganizationRules.NameTaken;

        // A taken name is reported before a bad role; the failure undoes the update.
        return request.Body.Value.DefaultOrgMemberRoles is not null
            && await defaults.CheckAsync(caller.Subject, stored.Id, stored.DefaultOrgMemberRoles, wanted.DefaultOrgMemberRoles, cancellationToken) is { } refusal
                ? refusal
                : after;
    }

    private static OrganizationRow Apply(UpdateOrganizationRequest body, OrganizationRow stored) => stored with
    {
        Name = string.IsNullOrEmpty(body.Name) ? stored.Name : body.Name,
        DisplayName = string.IsNullOrEmpty(body.DisplayName) ? stored.DisplayName : body.DisplayName,
        Description = body.Description ?? stored.Description,
        Icon = body.Icon ?? stored.Icon,
        DefaultOrgMemberRoles = body.DefaultOrgMemberRoles?.Distinct(StringComparer.Ordinal).ToArray() ?? stored.DefaultOrgMemberRoles,
    };
}
