namespace Monolith.Entitlements.Contracts;

/// <summary>Reads the <c>q</c> of the users list, so that every list of users asks alike. Implemented by the Members module.</summary>
public interface IUserSearch
{
    /// <summary>What may be asked, for the API document.</summary>
    SearchSyntax Terms { get; }

    /// <summary>What is asked for, or a 400 that names everything wrong with the query. Null and empty mean everybody.</summary>
    /// <param name="q">The query.</param>
    /// <param name="seatsUsable">Whether AI seats are usable: else no flag is true, and a filter by seat finds nobody or everybody.</param>
    /// <param name="idleDays">Only holders of a seat whose last request and last AI use are both older than so many days; null for no such condition.</param>
    Result<IUserFilter> Parse(string? q, bool seatsUsable, int? idleDays = null);
}

/// <summary>Users as a whole, by AI seat: what a database that keeps their number need not count.</summary>
public enum SeatGroup
{
    /// <summary>No matter whether they hold a seat.</summary>
    Everybody,

    /// <summary>Who holds a seat.</summary>
    Holders,

    /// <summary>Who holds none.</summary>
    Others,
}

/// <summary>Maintained counts of groups.</summary>
public static class SeatGroups
{
    /// <summary>The statement that answers how many there are; null for users who are no group as a whole, who must be counted.</summary>
    /// <param name="group">Who is meant.</param>
    /// <param name="everybody">A statement of one number: no matter whether they hold a seat.</param>
    /// <param name="holders">A statement of one number, never null: who holds a seat.</param>
    /// <param name="parameters">Of both statements.</param>
    public static MaintainedCount? Maintained(this SeatGroup? group, string everybody, string holders, object parameters) => group switch
    {
        SeatGroup.Everybody => new(everybody, parameters),
        SeatGroup.Holders => new(holders, parameters),
        SeatGroup.Others => new($"select ({everybody}) - ({holders})", parameters),
        _ => null,
    };
}

/// <summary>Conditions on users.</summary>
public interface IUserFilter
{
    /// <summary>Whom the conditions mean when they ask about the AI seat at most; else null, and only counting tells how many.</summary>
    SeatGroup? WholeGroup { get; }

    /// <summary>Adds the conditions to the specification of any row that has a user in it.</summary>
    void Restrict<T>(ISpecificationBuilder<T> query)
        where T : class, IFilterableUser;
}

/// <summary>What a search of users may ask a row about. Folded text is lowercase. The view <c>contracts.searched_users</c> has the columns.</summary>
public interface IFilterableUser
{
    /// <summary>The username.</summary>
    string UsernameFolded { get; }

    /// <summary>The e-mail address, empty for service accounts.</summary>
    string EmailFolded { get; }

    /// <summary>The full name.</summary>
    string NameFolded { get; }

    /// <summary><c>active</c>, <c>dormant</c> or <c>suspended</c>.</summary>
    string Status { get; }

    /// <summary>The login type.</summary>
    string LoginType { get; }

    /// <summary>The site roles that are stored; nobody has <c>member</c> stored.</summary>
    string[] SiteRoles { get; }

    /// <summary>0 when there is none.</summary>
    long GithubUserId { get; }

    /// <summary>True for service accounts.</summary>
    bool IsServiceAccount { get; }

    /// <summary>The last request; the smallest time when there was none.</summary>
    DateTimeOffset LastSeenAt { get; }

    /// <summary>When the user was created.</summary>
    DateTimeOffset UserCreatedAt { get; }

    /// <summary>True for holders of an AI seat, whether the feature is usable or not.</summary>
    bool HoldsSeat { get; }

    /// <summary>The last AI use of a holder of a seat; of others it may be null.</summary>
    DateTimeOffset? SeatLastUsedAt { get; }
}
