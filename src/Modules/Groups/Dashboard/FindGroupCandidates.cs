using Monolith.Groups.Directory;

namespace Monolith.Groups.Dashboard;

/// <summary>Who could be added to a group: the members of its organization who are not in it, by part of the username, the address or the full name.</summary>
[RequiresFeature(GroupsModule.Feature)]
[RequiresRule(ResourceType.Group, PermissionAction.Update)]
internal sealed record FindGroupCandidatesQuery(string Organization, string GroupName, string? Text) : IQuery<IReadOnlyList<GroupCandidate>>, IOrganizationRequest;

internal sealed class GroupCandidate
{
    public Guid Id { get; init; }

    public string Username { get; init; } = "";

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public bool IsServiceAccount { get; init; }
}

internal sealed class FindGroupCandidatesAuthorizer(GroupEntrance entrance, GroupAccess access, CurrentGroup current) : IRequestAuthorizer<FindGroupCandidatesQuery>
{
    public async ValueTask<Error?> AuthorizeAsync(FindGroupCandidatesQuery request, CancellationToken cancellationToken) =>
        await entrance.EnterNamedAsync(request.GroupName, cancellationToken) ?? (access.May(PermissionAction.Update, current.Value) ? null : Error.Forbidden);
}

internal sealed class FindGroupCandidatesValidator : AbstractValidator<FindGroupCandidatesQuery>
{
    public FindGroupCandidatesValidator() => RuleFor(query => query.Text).MaximumLength(128).Must(text => text?.Contains('\0', StringComparison.Ordinal) != true)
        .OverridePropertyName("q").WithMessage("Must be text of at most 128 characters.");
}

internal sealed class FindGroupCandidatesHandler(Db<GroupsModule> db, CurrentGroup current) : IQueryHandler<FindGroupCandidatesQuery, IReadOnlyList<GroupCandidate>>
{
    public const int Most = 100;

    public async Task<Result<IReadOnlyList<GroupCandidate>>> Handle(FindGroupCandidatesQuery request, CancellationToken cancellationToken) =>
        new List<GroupCandidate>(await db.QueryFreshlyPlannedAsync<GroupCandidate>(
            Select, new { group_id = current.Value.Id, organization_id = current.Value.OrganizationId, pattern = Pattern(request.Text), limit = Most }, cancellationToken));

    private static string? Pattern(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : $"%{text.Trim().ToLowerInvariant().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private const string Select =
        """
        select u.id, u.username, u.name, u.email, u.is_service_account
        from contracts.organization_members o
        join contracts.searched_users u on u.id = o.user_id
        where o.organization_id = @organization_id
          and not o.is_system
          and (@pattern::text is null or u.username_folded like @pattern or u.email_folded like @pattern or u.name_folded like @pattern)
          and not exists (
              select 1
              from groups.group_members m
              where m.group_id = @group_id and m.user_id = o.user_id)
        order by o.sort_name, o.user_id
        limit @limit
        """;
}
