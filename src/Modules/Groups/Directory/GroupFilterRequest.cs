namespace Monolith.Groups.Directory;

/// <summary>The filter of a list as it was sent.</summary>
/// <param name="Organization">A uuid or a name.</param>
/// <param name="HasMember">A uuid, a username, or <c>me</c>.</param>
/// <param name="GroupIds">Uuids, apart by commas.</param>
/// <param name="MemberIds">Uuids, apart by commas: the answer shows of each group those members only.</param>
/// <param name="ExcludeMembers">True leaves the members out.</param>
/// <param name="Unknown">Parameters that the route does not know.</param>
internal sealed record GroupFilterRequest(
    string? Organization, string? HasMember, string? GroupIds, string? MemberIds, string? ExcludeMembers, IReadOnlyCollection<string> Unknown)
{
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase) { "organization", "has_member", "group_ids", "member_ids", "exclude_members" };

    public bool LeavesMembersOut => IsTrue(ExcludeMembers);

    /// <summary>The names of a query that are none of the parameters.</summary>
    public static IReadOnlyCollection<string> UnknownOf(IQueryCollection query) => [.. query.Keys.Where(key => !Known.Contains(key))];

    /// <summary>A value that is no bool counts as false.</summary>
    public static bool IsTrue(string? text) => text?.ToUpperInvariant() is "TRUE" or "T" or "1";

    /// <summary>Null when one of them is no uuid.</summary>
    public static IReadOnlyList<Guid>? Ids(string? text)
    {
        List<Guid> ids = [];
        foreach (var part in (text ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Guid.TryParseExact(part, "D", out var id))
                return null;
            ids.Add(id);
        }

        return ids;
    }
}

internal sealed class GroupFilterRequestValidator : AbstractValidator<GroupFilterRequest>
{
    private const int MostIds = 500;

    public GroupFilterRequestValidator()
    {
        RuleFor(filter => filter.GroupIds).Must(text => GroupFilterRequest.Ids(text) is { Count: <= MostIds }).OverridePropertyName("group_ids").WithMessage(Complaint);
        RuleFor(filter => filter.MemberIds).Must(text => GroupFilterRequest.Ids(text) is { Count: <= MostIds }).OverridePropertyName("member_ids").WithMessage(Complaint);
        RuleFor(filter => filter.Unknown).Custom((unknown, context) =>
        {
            foreach (var name in unknown.Take(MostIds))
                context.AddFailure(SearchErrors.MayName(name) ? name : "query", "Not a known parameter.");
        });
    }

    private static string Complaint => $"Must be at most {MostIds} uuids, apart by commas.";
}

/// <summary>Finds what a filter names. An organization or a user whom the caller may not see is answered like one who is not there.</summary>
internal sealed class GroupFilterReader(IOrganizationDirectory organizations, IUserDirectory users, ICaller caller)
{
    public async Task<Result<GroupFilter>> ReadAsync(GroupFilterRequest request, Guid? organizationId, CancellationToken cancellationToken)
    {
        List<FieldError> complaints = [];
        if (organizationId is null && request.Organization is { Length: > 0 } organization)
            organizationId = Guid.TryParseExact(organization, "D", out var id) ? id : await FindOrganizationAsync(organization, complaints, cancellationToken);
        IReadOnlyCollection<Guid>? members = request.MemberIds is null ? null : GroupFilterRequest.Ids(request.MemberIds);
        if (request.HasMember is { Length: > 0 } member)
        {
            var userId = Guid.TryParseExact(member, "D", out var id) ? id : await FindUserAsync(member, complaints, cancellationToken);
            members = members is null || members.Contains(userId) ? [userId] : [];
        }

        return complaints.Count > 0 ? Error.Invalid(complaints) : new GroupFilter(organizationId, request.GroupIds is null ? null : GroupFilterRequest.Ids(request.GroupIds), members);
    }

    private async Task<Guid> FindOrganizationAsync(string name, List<FieldError> complaints, CancellationToken cancellationToken)
    {
        if (await organizations.FindAsync(name, cancellationToken) is { } found && caller.Can(PermissionAction.Read, ResourceObject.Organization(found.Id)))
            return found.Id;
        complaints.Add(new FieldError("organization", "Must be an existing uuid or name."));
        return default;
    }

    private async Task<Guid> FindUserAsync(string name, List<FieldError> complaints, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(name, cancellationToken) is { Deleted: false, IsSystem: false } found && caller.Can(PermissionAction.Read, ResourceObject.User(found.Id)))
            return found.Id;
        complaints.Add(new FieldError("has_member", "Must be an existing uuid or username."));
        return default;
    }
}
