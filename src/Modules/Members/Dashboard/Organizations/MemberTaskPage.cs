using Microsoft.AspNetCore.Components;
using Monolith.Members.Memberships;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Organizations;

/// <summary>A page about one member: it loads them first, with the version of their roles.</summary>
public abstract class MemberTaskPage : DashboardPage
{
    /// <summary>The <c>{organization}</c> of the address.</summary>
    [Parameter]
    public string Organization { get; set; } = "";

    /// <summary>The <c>{user}</c> of the address.</summary>
    [Parameter]
    public string User { get; set; } = "";

    [Inject]
    private ResponseHeaders Notes { get; set; } = null!;

    /// <summary>The member as they stand now; null when not found.</summary>
    private protected OrganizationMemberWithUserData? Target { get; private set; }

    /// <summary>The entity tag of the roles, with its quotes.</summary>
    private protected string Version { get; private set; } = "";

    private protected string ListPath => $"/organizations/{Organization}/members";

    private protected string BackTo => LocalPath.Or(Return, ListPath);

    private protected string NameOfTarget => Target is { Name.Length: > 0 } named ? named.Name : Target!.Username;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Target = await LoadAsync(new GetMemberQuery(Organization, User));
        Version = Notes.Headers.GetValueOrDefault("ETag", "");
    }
}
