using Microsoft.AspNetCore.Mvc;
using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

internal sealed class GetGroupEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/groups/{group}",
            (string group, [FromQuery(Name = "exclude_members")] string? excludeMembers, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetGroupQuery(group, GroupFilterRequest.IsTrue(excludeMembers)), ct).With(document => document.ToResult()))
        .For<GetGroupQuery>("get-group", "Answers a group with all members whom the caller may read.")
        .Produces<Group>()
        .Tagged()
        .Fails(400, 404);
}

[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Read)]
[NothingToValidate("The authorizer finds the group and refuses what is no uuid.")]
internal sealed record GetGroupQuery(string Group, bool ExcludeMembers = false) : IQuery<GroupDocument>;

internal sealed class GetGroupAuthorizer(GroupEntrance entrance) : IRequestAuthorizer<GetGroupQuery>
{
    public ValueTask<Error?> AuthorizeAsync(GetGroupQuery request, CancellationToken cancellationToken) =>
        entrance.EnterAsync(request.Group, PermissionAction.Read, cancellationToken);
}

internal sealed class GetGroupHandler(CurrentGroup current, GroupResponses responses) : IQueryHandler<GetGroupQuery, GroupDocument>
{
    public async Task<Result<GroupDocument>> Handle(GetGroupQuery request, CancellationToken cancellationToken) =>
        await responses.ToDocumentAsync(current.Value, request.ExcludeMembers, cancellationToken);
}
