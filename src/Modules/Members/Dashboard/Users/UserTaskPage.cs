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

    /// <summary>What the reader must be allowed to do to the user: whoever may not is told so before the form, not after it.</summary>
    private protected virtual PermissionAction Needs => PermissionAction.Read;

    private protected string BackTo => LocalPath.Or(Return, "/users");

    private protected string NameOfTarget => Target is { Name.Length: > 0 } named ? named.Name : Target!.Username;

    private protected virtual bool IsAllowed => Needs == PermissionAction.Read || Caller.Can(Needs, ResourceObject.User(Target!.Id));

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        Target = await LoadAsync(new GetUserQuery(User));
        if (Target is not null && !IsAllowed)
            Fail(Error.Forbidden);
        Version = Notes.Headers.GetValueOrDefault("ETag", "");
    }
}
