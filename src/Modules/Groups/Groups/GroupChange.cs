using Monolith.Groups.Directory;

namespace Monolith.Groups.Groups;

/// <summary>What a change asks for, checked against the group that it is about (groups specification 3.8, rows 3 to 8).</summary>
/// <param name="Wanted">The group with its new fields.</param>
/// <param name="Add">Who shall come, as named.</param>
/// <param name="Remove">Who shall leave, as named.</param>
internal sealed record GroupChange(GroupRow Wanted, IReadOnlyList<Guid> Add, IReadOnlyList<Guid> Remove)
{
    private const int LongestShown = 64;

    private static readonly Error FixedName = Error.BadRequest("The group of everybody cannot be renamed.");
    private static readonly Error FixedDisplayName = Error.BadRequest("The group of everybody has no display name.");
    private static readonly Error FixedMembers = new(ErrorKind.Forbidden, "Nobody can be added to or removed from the group of everybody.", "Its members are those of the organization.");

    public static Result<GroupChange> Of(UpdateGroupRequest request, GroupRow stored)
    {
        var wanted = Apply(request, stored);
        if (RefuseFields(wanted, stored) is { } refusal)
            return refusal;
        if (stored.IsEverybody && (request.AddUsers is { Count: > 0 } || request.RemoveUsers is { Count: > 0 }))
            return FixedMembers;
        List<Guid> add = [], remove = [];
        return (Read(request.AddUsers, add) ?? Read(request.RemoveUsers, remove)) is { } bad ? bad : new GroupChange(wanted, add, remove);
    }

    private static GroupRow Apply(UpdateGroupRequest request, GroupRow stored) => stored with
    {
        Name = string.IsNullOrEmpty(request.Name) ? stored.Name : request.Name,
        DisplayName = request.DisplayName ?? stored.DisplayName,
        AvatarUrl = request.AvatarUrl ?? stored.AvatarUrl,
        QuotaAllowance = (int)(request.QuotaAllowance ?? stored.QuotaAllowance),
    };

    private static Error? RefuseFields(GroupRow wanted, GroupRow stored)
    {
        if (stored.IsEverybody)
            return wanted.Name != stored.Name ? FixedName : wanted.DisplayName.Length > 0 ? FixedDisplayName : null;
        return wanted.Name != stored.Name && GroupRules.IsEverybody(wanted.Name) ? GroupRules.NameReserved : null;
    }

    private static Error? Read(IReadOnlyList<string?>? texts, List<Guid> ids)
    {
        foreach (var text in texts ?? [])
        {
            if (!Guid.TryParseExact(text, "D", out var id))
                return Error.BadRequest($"\"{text?[..Math.Min(text.Length, LongestShown)]}\" is not the id of a user.");
            ids.Add(id);
        }

        return null;
    }
}
