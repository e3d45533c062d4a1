using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Members.Users;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>The lists as files for links, which cannot ask for a media type: the same queries and the same CSV as the API answers.</summary>
internal sealed class ExportListsEndpoint : IPageFiles
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/users/export",
                (string? filter, string? sort, string? dir, IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListUsersQuery(NameSearch.Of(filter), PageRequest.Whole, new OrderRequest(sort, dir)), ct)
                        .AsPage("users", ListFormat.Csv, UserFile.Table))
            .For<ListUsersQuery>("export-users", "Answers the users list as a CSV file.");
        app.MapGet(
                "/organizations/{organization}/members/export",
                (string organization, string? filter, string? sort, string? dir, IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListMembersPageQuery(organization, NameSearch.Of(filter), PageRequest.Whole, new OrderRequest(sort, dir)), ct)
                        .AsPage("members", ListFormat.Csv, MemberFile.Table))
            .For<ListMembersPageQuery>("export-organization-members", "Answers the members of an organization as a CSV file.");
    }
}
