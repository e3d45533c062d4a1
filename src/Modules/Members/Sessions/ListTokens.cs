using Microsoft.AspNetCore.Mvc;

namespace Monolith.Members.Sessions;

internal sealed class ListTokensEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/keys/tokens",
            (string user, [FromQuery(Name = "include_all")] string? all, [FromQuery(Name = "include_expired")] string? expired, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListTokensQuery(user, all, expired), ct).Ok())
        .For<ListTokensQuery>("get-user-tokens", "Lists the tokens of a user, or with include_all those of everybody whom the caller may read.")
        .Produces<IReadOnlyList<ApiKeyWithOwner>>();
}

[RequiresPermissionOnUser(ResourceType.ApiKey, PermissionAction.Read)]
[RequiresPermissionOnRows(ResourceType.ApiKey, PermissionAction.Read)]
internal sealed record ListTokensQuery(string User, string? IncludeAll, string? IncludeExpired) : IQuery<IReadOnlyList<ApiKeyWithOwner>>, IUserRequest;

internal sealed class ListTokensValidator : AbstractValidator<ListTokensQuery>
{
    public ListTokensValidator()
    {
        RuleFor(query => query.IncludeAll).Must(IsFlag).WithMessage("Must be true or false.");
        RuleFor(query => query.IncludeExpired).Must(IsFlag).WithMessage("Must be true or false.");
    }

    private static bool IsFlag(string? text) => string.IsNullOrEmpty(text) || bool.TryParse(text, out _);
}

internal sealed class ListTokensHandler(CurrentUser user, IApiKeyReader keys, ICaller caller) : IQueryHandler<ListTokensQuery, IReadOnlyList<ApiKeyWithOwner>>
{
    public async Task<Result<IReadOnlyList<ApiKeyWithOwner>>> Handle(ListTokensQuery request, CancellationToken cancellationToken)
    {
        Guid? only = !IsSet(request.IncludeAll) ? user.Id
            : caller.Subject.Visible(PermissionAction.Read, ResourceType.ApiKey) is { Everything: true, Ids: null } ? null
            : caller.UserId;
        if (only is { } owner && !caller.Can(PermissionAction.Read, ResourceObject.OwnedBy(ResourceType.ApiKey, owner)))
            return Array.Empty<ApiKeyWithOwner>();
        var rows = await keys.ListTokensAsync(only, IsSet(request.IncludeExpired), cancellationToken);
        return rows.Select(row => new ApiKeyWithOwner(ApiKey.From(row), row.Username)).ToList();
    }

    private static bool IsSet(string? flag) => bool.TryParse(flag, out var set) && set;
}
