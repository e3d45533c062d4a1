using Microsoft.AspNetCore.Components;
using Monolith.Members.Users;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Users;

/// <summary>A page about one user: it loads them first, with the version of their roles.</summary>
public abstract class UserTaskPage : DashboardPage
{
    /// <summary>The <c>{user}</c> of the address.</summary>
    [Parameter]
    public string User { get; set; } = "";

    [Inject]
    private ResponseHeaders Notes { get; set; } = null!;

    /// <summary>The user as they stand now; null when not found.</summary>
    private protected User? Target { get; private set; }

    /// <summary>The entity tag of the roles, with its quotes.</summary>
    private protected string Version { get; private set; } = "";

    private protected string BackTo => LocalPath.Or(Return, "/users");

    private protected string NameOfTarget => Target is { Name.Length: > 0 } named ? named.Name : Target!.Username;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Target = await LoadAsync(new GetUserQuery(User));
        Version = Notes.Headers.GetValueOrDefault("ETag", "");
    }
}
