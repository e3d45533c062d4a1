using Monolith.Entitlements.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Which users are wanted; every part that is set must hold. Values are lowercase except times.</summary>
/// <param name="SearchTerm">Part of the e-mail address or the username, in any case; literal.</param>
/// <param name="Name">Part of the full name, in any case; literal.</param>
/// <param name="Statuses">Any of these; empty is all.</param>
/// <param name="Roles">Any of these site roles; empty is all. An unknown role is kept: nobody holds it.</param>
/// <param name="LastSeenBefore">At the latest, inclusive; UTC like the other times.</param>
/// <param name="LastSeenAfter">At the earliest, inclusive.</param>
/// <param name="CreatedBefore">At the latest, inclusive.</param>
/// <param name="CreatedAfter">At the earliest, inclusive.</param>
/// <param name="GithubUserId">Never 0.</param>
/// <param name="LoginTypes">Any of these; empty is all.</param>
/// <param name="IsServiceAccount">Equality when set.</param>
/// <param name="HasAiSeat">Equality when set.</param>
internal sealed record UserFilter(
    string? SearchTerm,
    string? Name,
    IReadOnlyList<string> Statuses,
    IReadOnlyList<string> Roles,
    DateTimeOffset? LastSeenBefore,
    DateTimeOffset? LastSeenAfter,
    DateTimeOffset? CreatedBefore,
    DateTimeOffset? CreatedAfter,
    long? GithubUserId,
    IReadOnlyList<string> LoginTypes,
    bool? IsServiceAccount,
    bool? HasAiSeat) : IUserFilter
{
    /// <summary>Everybody.</summary>
    public static UserFilter None { get; } = new(null, null, [], [], null, null, null, null, null, [], null, null);

    /// <summary>Nobody, whatever else is asked.</summary>
    public static UserFilter Nobody { get; } = None with { IsNobody = true };

    /// <summary>Part of the username, the e-mail address or the full name, in any case; literal.</summary>
    public string? Person { get; init; }

    /// <summary>What is asked of modules above: their keys, with values in lower case.</summary>
    public IReadOnlyList<KeyValuePair<string, IReadOnlyList<string>>> Asked { get; init; } = [];

    /// <summary>What they answered: users whom other modules named, each of which must hold them. The lists add these conditions, since only they know the column.</summary>
    public IReadOnlyList<RowSet> Within { get; init; } = [];

    /// <summary>Only holders of a seat whose last request and last AI use are both older than so many days. It takes <see cref="At"/> to mean something.</summary>
    public int? IdleDays { get; init; }

    /// <summary>True for <see cref="Nobody"/>.</summary>
    public bool IsNobody { get; private init; }

    /// <inheritdoc />
    public SeatGroup? WholeGroup => AsksForSeatAtMost
        ? HasAiSeat switch { null => SeatGroup.Everybody, true => SeatGroup.Holders, false => SeatGroup.Others }
        : null;

    /// <summary>True when nothing is asked but what the changes of the directory tell of: not the last request, not the seat, nothing of other modules.</summary>
    public bool IsOfDirectory => this is { LastSeenBefore: null, LastSeenAfter: null, HasAiSeat: null, IdleDays: null, Asked: [] };

    private bool AsksForSeatAtMost =>
        this is { SearchTerm: null, Name: null, LastSeenBefore: null, LastSeenAfter: null, CreatedBefore: null, CreatedAfter: null }
            and { Statuses: [], Roles: [], LoginTypes: [], GithubUserId: null, IsServiceAccount: null, IdleDays: null, Person: null, IsNobody: false, Asked: [] };

    private DateTimeOffset? IdleBefore { get; init; }

    /// <summary>The filter at this moment: days become a time.</summary>
    public UserFilter At(DateTimeOffset now) => this with { IdleBefore = IdleDays is { } days ? now.AddDays(-days) : null };

    /// <inheritdoc />
    public void Restrict<T>(ISpecificationBuilder<T> query)
        where T : class, IFilterableUser
    {
        if (IdleDays is not null && IdleBefore is null)
            throw new InvalidOperationException("Nobody is idle without a moment.");
        // Conditions stand behind "if": the expression of an overload that takes the condition is made for each request, wanted or not.
        if (SearchTerm is not null)
            query.Where(user => user.UsernameFolded.Contains(SearchTerm) || user.EmailFolded.Contains(SearchTerm));
        if (Name is not null)
            query.Where(user => user.NameFolded.Contains(Name));
        if (Person is not null)
            query.Where(user => user.UsernameFolded.Contains(Person) || user.EmailFolded.Contains(Person) || user.NameFolded.Contains(Person));
        if (Statuses.Count > 0)
            query.Where(user => Statuses.Contains(user.Status));
        if (Roles.Count > 0)
            query.Where(user => user.SiteRoles.Any(role => Roles.Contains(role)));
        if (LoginTypes.Count > 0)
            query.Where(user => LoginTypes.Contains(user.LoginType));
        if (GithubUserId is not null and not 0)
            query.Where(user => user.GithubUserId == GithubUserId);
        RestrictTimes(query);
        if (IsServiceAccount is { } onlyServiceAccounts)
            query.Where(user => user.IsServiceAccount == onlyServiceAccounts);
        if (HasAiSeat is true)
            query.Where(user => user.HoldsSeat);
        if (HasAiSeat is false)
            query.Where(user => !user.HoldsSeat);
        if (IdleBefore is not null)
            query.Where(user => user.HoldsSeat && user.LastSeenAt < IdleBefore && user.SeatLastUsedAt < IdleBefore);
        if (IsNobody)
            query.Where(_ => false);
    }

    private void RestrictTimes<T>(ISpecificationBuilder<T> query)
        where T : class, IFilterableUser
    {
        if (LastSeenBefore is not null)
            query.Where(user => user.LastSeenAt <= LastSeenBefore);
        if (LastSeenAfter is not null)
            query.Where(user => user.LastSeenAt >= LastSeenAfter);
        if (CreatedBefore is not null)
            query.Where(user => user.UserCreatedAt <= CreatedBefore);
        if (CreatedAfter is not null)
            query.Where(user => user.UserCreatedAt >= CreatedAfter);
    }
}

/// <summary>Which members of an organization are wanted.</summary>
/// <param name="UserId">Only this user; never the nil uuid.</param>
/// <param name="GithubUserId">Never 0.</param>
/// <param name="IncludeSystem">Also system users.</param>
internal sealed record MemberFilter(Guid? UserId, long? GithubUserId, bool IncludeSystem)
{
    /// <summary>Every member that is not a system user.</summary>
    public static MemberFilter None { get; } = new(null, null, false);
}

/// <summary>Which members a page of them is about.</summary>
/// <param name="User">What is asked of the user.</param>
/// <param name="Roles">What is asked of the membership; null for nothing.</param>
internal sealed record OrganizationMemberFilter(UserFilter User, OrganizationRoleFilter? Roles)
{
    /// <summary>Everybody.</summary>
    public static OrganizationMemberFilter None { get; } = new(UserFilter.None, null);

    /// <summary>As in <see cref="IUserFilter"/>, of the members of the organization.</summary>
    public SeatGroup? WholeGroup => Roles is null ? User.WholeGroup : null;

    /// <summary>Adds the conditions.</summary>
    public void Restrict(ISpecificationBuilder<MemberRow> query)
    {
        User.Restrict(query);
        Roles?.Restrict(query);
    }
}

/// <summary>Members who hold any of some roles in their organization.</summary>
/// <param name="Stored">Bare names; an unknown one is held by nobody.</param>
/// <param name="OrPeople">Also everybody who is no service account.</param>
/// <param name="OrServiceAccounts">Also every service account.</param>
internal sealed record OrganizationRoleFilter(IReadOnlyList<string> Stored, bool OrPeople, bool OrServiceAccounts)
{
    /// <summary>Null when everybody holds one of them, or none is asked for.</summary>
    public static OrganizationRoleFilter? Of(IReadOnlyList<string> names, IReadOnlyCollection<string> ofEverybody)
    {
        var held = new OrganizationRoleFilter(names, names.Contains(RoleName.OrganizationMember), names.Contains(RoleName.OrganizationServiceAccount));
        return names.Count == 0 || names.Any(ofEverybody.Contains) || held is { OrPeople: true, OrServiceAccounts: true } ? null : held;
    }

    /// <summary>Adds the condition.</summary>
    public void Restrict(ISpecificationBuilder<MemberRow> query)
    {
        if (OrPeople)
            query.Where(member => member.Roles.Any(role => Stored.Contains(role)) || !member.IsServiceAccount);
        else if (OrServiceAccounts)
            query.Where(member => member.Roles.Any(role => Stored.Contains(role)) || member.IsServiceAccount);
        else
            query.Where(member => member.HasRoles && member.Roles.Any(role => Stored.Contains(role)));
    }
}
