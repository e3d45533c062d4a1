using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Dormancy;
using Monolith.Members.Memberships;
using Monolith.Members.Users;
using Monolith.Roles.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>A page of users or members for a table.</summary>
internal sealed record UserTablePage(IReadOnlyList<UserTable.Row> Rows, long Count, bool IsEstimate);

/// <summary>Asks the list queries of the API and makes rows of their answers.</summary>
internal sealed class UserListReader(IDispatcher dispatcher, ICaller caller, SeatFeature feature, ISeatReports seats, IEnumerable<IUserTableColumn> columns)
{
    // Strongest first; custom roles follow by name.
    private static readonly string[] Rank =
    [
        RoleName.Owner, RoleName.OrganizationAdmin,
        RoleName.UserAdmin, RoleName.OrganizationUserAdmin,
        RoleName.TemplateAdmin, RoleName.OrganizationTemplateAdmin,
        RoleName.Auditor, RoleName.OrganizationAuditor,
    ];

    /// <summary>Whether the caller may open the page of any user.</summary>
    public bool SeesUsers => caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User));

    /// <summary>The gate of everything about seats (dashboard specification 8.4).</summary>
    public bool ShowsSeats => feature.IsUsable;

    /// <summary>Columns of modules above, for the members of an organization or for all users.</summary>
    public IReadOnlyList<IUserTableColumn> ColumnsOf(Guid? organizationId) => [.. columns.Where(column => column.IsShown(organizationId))];

    /// <summary>The wire names of the orders that the caller can ask for now.</summary>
    public string[] Sorts => ShowsSeats ? ["username", "ai_seat", "status", "last_seen"] : ["username", "status", "last_seen"];

    public async Task<Result<UserTablePage>> UsersAsync(ListState query, CancellationToken cancellationToken)
    {
        var list = await dispatcher.SendAsync(new ListUsersQuery(NameSearch.Of(query.Filter), PageRequest.Of(query.Size, query.Offset), OrderOf(query)), cancellationToken);
        return list.IsSuccess ? await UsersAsync(list.Value, cancellationToken) : list.Error;
    }

    /// <summary>Who would become dormant now.</summary>
    public async Task<Result<UserTablePage>> AwayAsync(AwayDays days, ListState query, CancellationToken cancellationToken)
    {
        var list = await dispatcher.SendAsync(new ListAwayUsersQuery(days, PageRequest.Of(query.Size, query.Offset)), cancellationToken);
        return list.IsSuccess ? await UsersAsync(list.Value, cancellationToken) : list.Error;
    }

    private async Task<UserTablePage> UsersAsync(ListResult<User> list, CancellationToken cancellationToken)
    {
        var page = await list.ToPageAsync(cancellationToken);
        var uses = await LastUsesAsync(page.Rows.Select(user => user.Id), cancellationToken);
        return new UserTablePage(
            [
                .. page.Rows.Select(user => new UserTable.Row(
                    user.Id, user.Username, user.Name, user.Email, user.IsServiceAccount, user.Id == caller.UserId, user.Status, user.LastSeenAt,
                    Labels(user.Roles, []), user.HasAiSeat, uses.TryGetValue(user.Id, out var used) ? used : null, user.LoginType)),
            ],
            page.Count ?? 0,
            page.IsEstimate);
    }

    public async Task<Result<UserTablePage>> MembersAsync(string organization, ListState query, CancellationToken cancellationToken)
    {
        var list = await dispatcher.SendAsync(new ListMembersPageQuery(organization, NameSearch.Of(query.Filter), PageRequest.Of(query.Size, query.Offset), OrderOf(query)), cancellationToken);
        return list.IsSuccess ? await MembersAsync(list.Value, cancellationToken) : list.Error;
    }

    /// <summary>The caller alone, for those who may not see the others.</summary>
    public async Task<Result<UserTablePage>> OwnMembershipAsync(string organization, CancellationToken cancellationToken)
    {
        var own = await dispatcher.SendAsync(new ListMembersQuery(organization, null), cancellationToken);
        return own.IsSuccess ? await MembersAsync(own.Value, cancellationToken) : own.Error;
    }

    private async Task<UserTablePage> MembersAsync(ListResult<OrganizationMemberWithUserData> list, CancellationToken cancellationToken)
    {
        var page = await list.ToPageAsync(cancellationToken);
        var uses = await LastUsesAsync(page.Rows.Select(member => member.UserId), cancellationToken);
        return new UserTablePage(
            [
                .. page.Rows.Select(member => new UserTable.Row(
                    member.UserId, member.Username, member.Name, member.Email, member.IsServiceAccount, member.UserId == caller.UserId, member.Status, member.LastSeenAt,
                    Labels(member.Roles, member.GlobalRoles), member.HasAiSeat, uses.TryGetValue(member.UserId, out var used) ? used : null, member.LoginType)),
            ],
            page.Count ?? 0,
            page.IsEstimate);
    }

    private async Task<IReadOnlyDictionary<Guid, DateTimeOffset>> LastUsesAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        ShowsSeats ? await seats.LastUsesAsync([.. ids], cancellationToken) : new Dictionary<Guid, DateTimeOffset>();

    // An address may be older than the end of the license.
    private OrderRequest OrderOf(ListState query) =>
        query.Sort == "ai_seat" && !ShowsSeats ? OrderRequest.Default : new(query.Sort, query.Descending ? "desc" : null);

    private static List<UserTable.RoleLabel> Labels(IEnumerable<SlimRole> roles, IEnumerable<SlimRole> global) =>
    [
        .. roles.Select(role => Label(role, false)).Concat(global.Select(role => Label(role, true)))
            .OrderBy(role => Array.IndexOf(Rank, role.Name) is >= 0 and var rank ? rank : Rank.Length)
            .ThenBy(role => role.Name, StringComparer.Ordinal),
    ];

    private static UserTable.RoleLabel Label(SlimRole role, bool isGlobal) => new(role.Name, role.DisplayName.Length > 0 ? role.DisplayName : role.Name, isGlobal);
}
