using Monolith.Members.Directory;

namespace Monolith.Members.Dashboard.Organizations;

/// <summary>Who could be added to an organization: everybody who is no member, by part of the username, the address or the full name.</summary>
[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.OrganizationMember, PermissionAction.Create)]
[RequiresPermissionInHandler(ResourceType.AssignOrgRole, PermissionAction.Assign)]
internal sealed record FindAddableUsersQuery(string Organization, string? Text) : IQuery<IReadOnlyList<AddableUser>>, IOrganizationRequest;

internal sealed class AddableUser
{
    public Guid Id { get; init; }

    public string Username { get; init; } = "";

    public string Name { get; init; } = "";

    public string Email { get; init; } = "";

    public bool IsServiceAccount { get; init; }
}

internal sealed class FindAddableUsersValidator : AbstractValidator<FindAddableUsersQuery>
{
    public FindAddableUsersValidator() => RuleFor(query => query.Text).MaximumLength(128).Must(text => text?.Contains('\0', StringComparison.Ordinal) != true)
        .OverridePropertyName("q").WithMessage("Must be text of at most 128 characters.");
}

internal sealed class FindAddableUsersHandler(Db<MembersModule> db, ICaller caller, CurrentOrganization organization, MembershipRules rules)
    : IQueryHandler<FindAddableUsersQuery, IReadOnlyList<AddableUser>>
{
    public const int Most = 100;

    public async Task<Result<IReadOnlyList<AddableUser>>> Handle(FindAddableUsersQuery request, CancellationToken cancellationToken)
    {
        if (!caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User)) || rules.RefuseAdding(organization.Value) is not null)
            return Error.Forbidden;
        var found = await db.QueryAsync<AddableUser>(
            Select, new { organization_id = organization.Id, pattern = Pattern(request.Text), limit = Most }, cancellationToken);
        return new List<AddableUser>(found);
    }

    private static string? Pattern(string? text) => string.IsNullOrWhiteSpace(text) ? null : LiteralPattern.Containing(text.Trim().ToLowerInvariant());

    private const string Select =
        """
        select u.id, u.username, u.name, u.email, u.is_service_account
        from members.users u
        where not u.deleted
          and not u.is_system
          and (@pattern::text is null or u.username_folded like @pattern or u.email_folded like @pattern or u.name_folded like @pattern)
          and not exists (
              select 1
              from members.organization_members m
              where m.organization_id = @organization_id and m.user_id = u.id)
        order by u.username_folded, u.id
        limit @limit
        """;
}
