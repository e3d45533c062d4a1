using Microsoft.AspNetCore.Components;
using Monolith.Entitlements.Contracts;
using Monolith.Roles.Assignment;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using Monolith.Web.Dashboard;

namespace Monolith.Roles.Dashboard;

/// <summary>A page about one role: it loads the role first, with its version and its holders.</summary>
public abstract class RoleTaskPage : DashboardPage
{
    /// <summary>The <c>{organization}</c> of the address.</summary>
    [Parameter]
    public string Organization { get; set; } = "";

    /// <summary>The <c>{role}</c> of the address.</summary>
    [Parameter]
    public string Role { get; set; } = "";

    [Inject]
    private ResponseHeaders Notes { get; set; } = null!;

    [Inject]
    private IRoleHolders RoleHolders { get; set; } = null!;

    [Inject]
    private IFeatureGate Features { get; set; } = null!;

    [Inject]
    private protected CurrentOrganization Current { get; set; } = null!;

    /// <summary>The role as it stands now; null when not found.</summary>
    private protected AssignableRole? Target { get; private set; }

    /// <summary>Null when the reader may not count members.</summary>
    private protected RoleHolders? Holders { get; private set; }

    /// <summary>The entity tag, with its quotes.</summary>
    private protected string Version { get; private set; } = "";

    private protected string ListPath => $"/organizations/{Organization}/roles";

    private protected string BackTo => LocalPath.Or(Return, ListPath);

    private protected string NameOfTarget => Target is { DisplayName.Length: > 0 } named ? named.DisplayName : Target!.Name;

    private protected Error? Unlicensed => Features.Check(FeatureNames.CustomRoles);

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Target = await LoadAsync(new GetOrganizationRoleQuery(Organization, Role));
        Version = Notes.Headers.GetValueOrDefault("ETag", "");
        if (Target is not null)
            Holders = await RoleHolders.CountAsync(Organization, Http.RequestAborted);
    }

    /// <summary>A page that changes the role: only custom ones, only with the feature and the permission.</summary>
    private protected void Require(PermissionAction action)
    {
        if (Failure is not null || Target is null)
            return;
        if (Target.BuiltIn)
            Fail(Error.NotFound with { Detail = Texts.BuiltInFixed });
        else if (Unlicensed is { } unlicensed)
            Fail(unlicensed);
        else if (!May(action))
            Fail(Error.Forbidden);
    }

    private protected bool May(PermissionAction action) => Caller.Can(action, ResourceObject.In(ResourceType.AssignOrgRole, Current.Id));
}
