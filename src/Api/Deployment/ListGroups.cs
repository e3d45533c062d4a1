using Carter;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Deployment;

internal sealed class ListGroupsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        app.MapGet(
                "/groups",
                (IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListGroupsQuery(), ct).Ok())
            .For<ListGroupsQuery>("get-groups", "Lists the groups of the deployment.")
            .WithTags("Groups")
            .Produces<IReadOnlyList<Group>>();
        app.MapGet(
                "/organizations/{organization}/groups",
                (string organization, IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListOrganizationGroupsQuery(organization), ct).Ok())
            .For<ListOrganizationGroupsQuery>("get-groups-by-organization", "Lists the groups of an organization.")
            .WithTags("Groups")
            .Produces<IReadOnlyList<Group>>();
    }
}

/// <summary>A group of users. There are none yet: pages that show groups ask for them and go on without.</summary>
internal sealed record Group(Guid Id, string Name, string DisplayName, Guid OrganizationId, string AvatarUrl, IReadOnlyList<GroupMember> Members);

/// <summary>A user in a group.</summary>
internal sealed record GroupMember(Guid Id, string Username, string Name, string AvatarUrl);

[RequiresSession]
internal sealed record ListGroupsQuery : IQuery<IReadOnlyList<Group>>;

[RequiresSession]
internal sealed record ListOrganizationGroupsQuery(string Organization) : IQuery<IReadOnlyList<Group>>, IOrganizationRequest;

internal sealed class ListGroupsHandler : IQueryHandler<ListGroupsQuery, IReadOnlyList<Group>>, IQueryHandler<ListOrganizationGroupsQuery, IReadOnlyList<Group>>
{
    private static readonly Task<Result<IReadOnlyList<Group>>> None = Task.FromResult<Result<IReadOnlyList<Group>>>(Array.Empty<Group>());

    public Task<Result<IReadOnlyList<Group>>> Handle(ListGroupsQuery request, CancellationToken cancellationToken) => None;

    public Task<Result<IReadOnlyList<Group>>> Handle(ListOrganizationGroupsQuery request, CancellationToken cancellationToken) => None;
}
