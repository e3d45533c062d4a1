using Microsoft.AspNetCore.Components;
using Monolith.Groups.Directory;
using Monolith.Groups.Groups;
using Monolith.Web.Dashboard;

namespace Monolith.Groups.Dashboard;

/// <summary>A page about one group: it loads it first, with its version, and asks whether the caller may do the task.</summary>
public abstract class GroupTaskPage : DashboardPage
{
    private const int Most = 100;

    /// <summary>The <c>{organization}</c> of the address.</summary>
    [Parameter]
    public string Organization { get; set; } = "";

    /// <summary>The <c>{group}</c> of the address.</summary>
    [Parameter]
    public string Group { get; set; } = "";

    [Inject]
    private CurrentGroup Current { get; set; } = null!;

    [Inject]
    private ResponseHeaders Notes { get; set; } = null!;

    /// <summary>The group as it stands now; null when not found.</summary>
    private protected GroupRow? Target { get; private set; }

    /// <summary>Its entity tag, with its quotes.</summary>
    private protected string Version { get; private set; } = "";

    private protected string ListPath => $"/organizations/{Organization}/groups";

    private protected string Path => $"{ListPath}/{Group}";

    private protected string BackTo => LocalPath.Or(Return, Path);

    private protected string NameOfTarget => Target is { DisplayName.Length: > 0 } named ? named.DisplayName : Target!.Name;

    /// <summary>The people of the request: each is an id and a name, so that a form can show whom it is about.</summary>
    private protected IReadOnlyDictionary<Guid, string> Chosen => (Http.Request.HasFormContentType ? Http.Request.Form["user"] : Http.Request.Query["user"])
        .Select(value => value!.Split(' ', 2))
        .Where(parts => parts.Length == 2 && Guid.TryParseExact(parts[0], "D", out _) && DisplayText.IsPlain(parts[1]))
        .DistinctBy(parts => parts[0])
        .Take(Most)
        .ToDictionary(parts => Guid.Parse(parts[0]), parts => parts[1]);

    /// <summary>Loads the group; 403 without the permission, 404 for the group of everybody where the task is none of its own.</summary>
    private protected async Task EnterAsync(PermissionAction action, bool everybody = false)
    {
        if (await LoadAsync(new GetGroupByNameQuery(Organization, Group, ExcludeMembers: true)) is null)
            return;
        var found = Current.Value;
        if (!Caller.Can(action, found.ToObject()))
            Fail(Error.Forbidden);
        else if (found.IsEverybody && !everybody)
            Fail(Error.NotFound);
        else
            (Target, Version) = (found, Notes.Headers.GetValueOrDefault("ETag", ""));
    }

    /// <summary>Changes the group.</summary>
    private protected Task<Result<GroupDocument>> ChangeAsync(UpdateGroupRequest request, string? version = null) =>
        SendAsync(new UpdateGroupCommand(Target!.Id.ToString("D"), version, Body<UpdateGroupRequest>.Of(request), ExcludeMembers: true));
}
