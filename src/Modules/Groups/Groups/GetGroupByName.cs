using Microsoft.AspNetCore.Mvc;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class GetGroupByNameEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/groups/{groupName}",
            (string organization, string groupName, [FromQuery(Name = "exclude_members")] string? excludeMembers, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetGroupByNameQuery(organization, groupName, GroupFilterRequest.IsTrue(excludeMembers)), ct).With(document => document.ToResult()))
        .For<GetGroupByNameQuery>("get-group-by-organization-and-name", "Answers the group of a name, in its case, with all members whom the caller may read.")
        .Produces<Group>()
        .Tagged();
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Read)]
[NothingToValidate("The authorizer finds the group; what nobody is called is not there.")]
internal sealed record GetGroupByNameQuery(string Organization, string GroupName, bool ExcludeMembers = false) : IQuery<GroupDocument>, IOrganizationRequest;

internal sealed class GetGroupByNameAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<GetGroupByNameQuery>
{
    public ValueTask<Error?> AuthorizeAsync(GetGroupByNameQuery request, CancellationToken cancellationToken) => entrance.EnterNamedAsync(request.GroupName, cancellationToken);
}

internal sealed class GetGroupByNameHandler(CurrentGroup current, GroupResponses responses) : IQueryHandler<GetGroupByNameQuery, GroupDocument>
{
    public async Task<Result<GroupDocument>> Handle(GetGroupByNameQuery request, CancellationToken cancellationToken) =>
        await responses.ToDocumentAsync(current.Value, request.ExcludeMembers, cancellationToken);
}
