namespace Monolith.Roles.Authorizer;

/// <summary>What settled a decision.</summary>
internal enum Decider
{
    /// <summary>Nothing spoke, so the answer is no.</summary>
    None,

    /// <summary>A permission on the whole deployment.</summary>
    Site,

    /// <summary>A permission on the subject's own objects outside organizations.</summary>
    User,

    /// <summary>A permission on the whole organization of the object.</summary>
    Organization,

    /// <summary>A permission on the subject's own objects in that organization.</summary>
    Member,

    /// <summary>A grant that stands on the object.</summary>
    AccessList,

    /// <summary>Roles or access list allow it, and the scope of the API key does not.</summary>
    Scope,
}

/// <summary>A decision and what settled it.</summary>
internal readonly record struct Verdict(Decider Decider, bool Allowed)
{
    /// <summary>Of one level: a vote of zero settles nothing.</summary>
    public static Verdict Of(Decider level, int vote) => vote == 0 ? default : new(level, vote > 0);
}

/// <summary>-1, 0 or +1 of each level for one object. A level that does not apply to the object abstains.</summary>
internal readonly record struct LevelVotes(int Site, int User, int Organization, int Member);
