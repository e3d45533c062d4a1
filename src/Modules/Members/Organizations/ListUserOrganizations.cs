using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Users;

namespace Monolith.Members.Organizations;

internal sealed class ListUserOrganizationsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/api/v2/users/{user}/organizations",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new ListUserOrganizationsQuery(user), ct).Ok())
        .WithName("get-organizations-by-user")
        .WithTags("Organizations")
        .Produces<IReadOnlyList<Organization>>()
        .Produces<ErrorBody>(404);
}

[RequiresSession("The user must be readable; organizations are filtered to readable ones.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record ListUserOrganizationsQuery(string User) : IQuery<IReadOnlyList<Organization>>;

internal sealed class ListUserOrganizationsHandler(UserResolver users, OrganizationReader organizations, ICaller caller)
    : IQueryHandler<ListUserOrganizationsQuery, IReadOnlyList<Organization>>
{
    public async Task<Result<IReadOnlyList<Organization>>> Handle(ListUserOrganizationsQuery request, CancellationToken cancellationToken)
    {
        if (await users.FindReadableAsync(request.User, cancellationToken) is not { } user)
            return Error.UserNotFound;
        return (await organizations.ListOfUserAsync(caller.Subject.Visible(PermissionAction.Read, ResourceType.Organization), user.Id, cancellationToken)).ToList();
    }
}
