namespace Monolith.Members.Directory;

/// <summary>What owners have in common.</summary>
internal static class Owners
{
    /// <summary>Of <c>members.users o</c>: counts against the rule that there is always one. In the form that the index of roles answers.</summary>
    public const string IsActive = "o.site_roles @> '{owner}' and o.status = 'active' and not o.deleted";

    /// <summary>Held to the end of the transaction by everything that makes, unmakes or touches an owner.</summary>
    public const string Lock = "select pg_advisory_xact_lock(hashtext('monolith owners'))";

    public static Error OnlyByOwners { get; } = Error.BadRequest("Only an owner may do this to an owner.");

    public static Error Last { get; } = Error.BadRequest("This is the last owner.", "Somebody else must hold the role owner first.");
}
