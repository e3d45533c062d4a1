using Monolith.Members.Directory;
using Monolith.Members.Users;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>Users whom somebody chose by their names, at most a page of them; whoever is gone or hidden is left out.</summary>
[RequiresPermissionOnRows(ResourceType.User, PermissionAction.Read)]
[NothingToValidate("A name of nobody finds nobody.")]
internal sealed record ListNamedUsersQuery(IReadOnlyList<string> Usernames) : IQuery<IReadOnlyList<User>>;

internal sealed class ListNamedUsersHandler(IReadStore<UserRow> users, ICaller caller, UserResponses responses)
    : IQueryHandler<ListNamedUsersQuery, IReadOnlyList<User>>
{
    public async Task<Result<IReadOnlyList<User>>> Handle(ListNamedUsersQuery request, CancellationToken cancellationToken)
    {
        var visible = caller.Readable(ResourceObject.All(ResourceType.User), ResourceObject.User(caller.UserId));
        string[] names = [.. request.Usernames.Take(PageWindow.LongestPage).Select(name => name.ToLowerInvariant())];
        var page = await users.PageAsync(new NamedUsers(names, visible), cancellationToken);
        return (await responses.ToResponsesAsync(page.Rows, cancellationToken)).ToList();
    }
}

internal sealed class NamedUsers : Specification<UserRow>
{
    public NamedUsers(IReadOnlyList<string> names, RowVisibility visible) => Query
        .Where(user => !user.Deleted && !user.IsSystem && names.Contains(user.UsernameFolded))
        .VisibleTo(visible, user => user.Id)
        .OrderBy(user => user.SortName)
        .Counted(false)
        .Take(PageWindow.LongestPage);
}
