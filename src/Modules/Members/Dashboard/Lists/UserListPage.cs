using Microsoft.AspNetCore.Components;
using Monolith.Entitlements.Contracts;
using Monolith.Roles.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>What the lists of users and of members have in common: the state in the address, a page of rows or what is wrong with the search, the seats, and the roles on offer.</summary>
public abstract class UserListPage : DashboardPage
{
    [Inject]
    private protected UserListReader Reader { get; set; } = null!;

    [Inject]
    private protected ISeatReports SeatReports { get; set; } = null!;

    [Inject]
    private protected IRoleCatalog RoleCatalog { get; set; } = null!;

    /// <summary>The state of the list; null until everything is there.</summary>
    private protected ListState? Query { get; private set; }

    /// <summary>The rows; null when the search was refused.</summary>
    private protected UserTablePage? Rows { get; private set; }

    /// <summary>The seats of the deployment; null without the feature.</summary>
    private protected SeatNumbers? Seats { get; private set; }

    /// <summary>Site roles to filter by.</summary>
    private protected IReadOnlyList<KeyValuePair<string, string>> Roles { get; private set; } = [];

    /// <summary>What the server says about the search; null when it is good.</summary>
    private protected IReadOnlyList<string>? Complaint { get; private set; }

    /// <summary>The state that the address asks for; null when a filter form was sent, which leads to an address of its own.</summary>
    private protected ListState? ReadState(string path)
    {
        var sent = Http.Request.Query;
        var query = ListState.Read(sent["filter"], sent["page"], sent["sort"], sent["dir"], sent["size"], Reader.Sorts);
        if (!FilterForm.TryRead(sent, Clock.GetUtcNow(), out var filter))
            return query;
        Leave(query.UrlWithFilter(path, filter));
        return null;
    }

    /// <summary>Reads the seats that stand above the list.</summary>
    private protected virtual async Task ReadSeatsAsync() => Seats = await SeatReports.NumbersAsync(Http.RequestAborted);

    /// <summary>Keeps the rows, or what is wrong with the search, and reads what stands around them.</summary>
    private protected async Task ShowAsync(ListState query, Result<UserTablePage> page)
    {
        if (page.IsSuccess)
            Rows = page.Value;
        else if (page.Error.Validations is { Count: > 0 } complaints)
            (Complaint, Http.Response.StatusCode) = ([.. complaints.Select(complaint => $"{complaint.Field}: {complaint.Detail}")], page.Error.Status);
        else
            Fail(page.Error);
        if (Reader.ShowsSeats)
            await ReadSeatsAsync();
        Roles = FilterBar.Options(await RoleCatalog.SiteAsync(Http.RequestAborted));
        Query = query;
    }
}
