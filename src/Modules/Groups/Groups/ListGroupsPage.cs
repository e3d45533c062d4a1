using System.Text.Json.Serialization;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class ListGroupsPageEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/paginated-groups",
            (string organization, string? q, ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListGroupsPageQuery(organization, q, list.Page), ct)
                    .AsPage(WireJson.Name(nameof(GroupPage.Groups)), list.Format, GroupFile.Table))
        .For<ListGroupsPageQuery>("paginated-groups-by-organization", "Lists the groups of an organization that the caller may read, a page at a time or as CSV.")
        .Searches(new SearchSyntax([], "the name and the display name"))
        .Produces<GroupPage>();
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresPermissionOnRows(ResourceType.Group, PermissionAction.Read)]
internal sealed record ListGroupsPageQuery(string Organization, string? Q, PageRequest Page) : IQuery<ListResult<PaginatedGroup>>, IOrganizationRequest;

/// <summary>A page of groups. <c>count</c> is the number that match, whatever the page; 0 when the page is empty; absent with <c>count=false</c>.</summary>
internal sealed record GroupPage(IReadOnlyList<PaginatedGroup> Groups, long? Count);

/// <summary>A group without its members. <paramref name="IsEverybody"/> is for pages: the wire does not carry it.</summary>
internal sealed record PaginatedGroup(
    Guid Id,
    string Name,
    string DisplayName,
    Guid OrganizationId,
    string OrganizationName,
    string OrganizationDisplayName,
    long TotalMemberCount,
    string AvatarUrl,
    int QuotaAllowance,
    string Source,
    [property: JsonIgnore] bool IsEverybody)
{
    public static PaginatedGroup From(GroupRow row) => new(
        row.Id, row.Name, row.DisplayName, row.OrganizationId, row.OrganizationName, row.OrganizationDisplayName, row.Members, row.AvatarUrl, row.QuotaAllowance, row.Source, row.IsEverybody);
}

internal sealed class ListGroupsPageValidator : AbstractValidator<ListGroupsPageQuery>
{
    public ListGroupsPageValidator(PageRequestValidator page)
    {
        RuleFor(query => query.Page).SetValidator(page);
        RuleFor(query => query.Q).Must(text => text is null || !text.Contains(':', StringComparison.Ordinal)).OverridePropertyName("q").WithMessage("Takes words without keys only.");
    }
}

internal sealed class ListGroupsPageHandler(IReadStore<GroupRow> groups, GroupAccess access, CurrentOrganization organization)
    : IQueryHandler<ListGroupsPageQuery, ListResult<PaginatedGroup>>
{
    public async Task<Result<ListResult<PaginatedGroup>>> Handle(ListGroupsPageQuery request, CancellationToken cancellationToken)
    {
        var window = request.Page.Window;
        // After a group of another organization there is nothing.
        if (window.AfterId is { } after && (await groups.SingleOrDefaultAsync(new GroupById(after), cancellationToken))?.OrganizationId != organization.Id)
            return Page<PaginatedGroup>.Empty;
        var text = request.Q?.Trim().ToLowerInvariant();
        var wanted = new VisibleGroups(new GroupFilter(organization.Id, Text: string.IsNullOrEmpty(text) ? null : text), access, window);
        if (!window.IsPage)
            return groups.Stream(wanted).Select(ToGroups);
        return await (await groups.PageAsync(wanted, cancellationToken)).SelectAsync(ToGroups, cancellationToken);
    }

    private static Task<IReadOnlyList<PaginatedGroup>> ToGroups(IReadOnlyList<GroupRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<PaginatedGroup>>([.. rows.Select(PaginatedGroup.From)]);
}

/// <summary>The groups as a file.</summary>
internal static class GroupFile
{
    public static CsvTable<PaginatedGroup> Table { get; } = new("groups.csv",
    [
        new("id", group => group.Id),
        new("name", group => group.Name),
        new("display_name", group => group.DisplayName),
        new("members", group => group.TotalMemberCount.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("quota_allowance", group => group.QuotaAllowance.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("source", group => group.Source),
    ]);
}
