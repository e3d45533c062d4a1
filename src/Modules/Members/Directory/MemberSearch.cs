namespace Monolith.Members.Directory;

/// <summary>The <c>q</c> of the unpaginated members of an organization; grammar in the specification, section 1.8.</summary>
internal static class MemberSearch
{
    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["user_id"] = "user_id",
        ["github_user_id"] = "github_user_id",
        ["include_system"] = "include_system",
    };

    /// <summary>What may be asked.</summary>
    public static SearchSyntax Terms { get; } = new(Keys.Keys, null);

    /// <summary>The filter, or a 400 that names everything wrong with the query. Null and empty mean every member.</summary>
    public static Result<MemberFilter> Parse(string? q)
    {
        if (string.IsNullOrWhiteSpace(q))
            return MemberFilter.None;

        var query = SearchExpression.Read(q.Trim(), Keys);
        // A key without a value is accepted and means nothing; there is no free text.
        if (query.Words.Any(word => !Keys.ContainsKey(word)))
            query.Complaints.Add("q", "Must consist of key:value elements.");
        var values = new SearchValues(query);
        var filter = new MemberFilter(
            values.Uuid("user_id") is { } user && user != Guid.Empty ? user : null,
            values.Whole("github_user_id") is not 0 and var id ? id : null,
            values.Boolean("include_system") ?? false);
        return query.Complaints.ToError("Invalid organization member search query.") is { } error ? error : filter;
    }
}
