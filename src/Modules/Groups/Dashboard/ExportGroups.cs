using Monolith.Groups.Groups;
using Monolith.Groups.Roster;
using Monolith.Web.Dashboard;

namespace Monolith.Groups.Dashboard;

/// <summary>The lists as files for links, which cannot ask for a media type: the same queries and the same CSV as the API answers.</summary>
internal sealed class ExportGroupsEndpoint : IPageFiles
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/organizations/{organization}/groups/export.csv",
                (string organization, string? filter, IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListGroupsPageQuery(organization, filter, PageRequest.Whole), ct).AsPage("groups", ListFormat.Csv, GroupFile.Table))
            .For<ListGroupsPageQuery>("export-groups", "Answers the groups of an organization as a CSV file.");
        app.MapGet(
                "/organizations/{organization}/groups/{group}/export",
                (string organization, string group, string? filter, IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListGroupMembersByNameQuery(organization, group, filter, PageRequest.Whole), ct).AsPage("users", ListFormat.Csv, GroupMemberFile.Table))
            .For<ListGroupMembersByNameQuery>("export-group-members", "Answers the members of a group as a CSV file.");
    }
}
