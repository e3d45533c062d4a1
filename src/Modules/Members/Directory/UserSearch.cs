using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Directory;

/// <summary>The <c>q</c> of <c>/users</c> and of the paginated members; grammar in the specification, section 3.2.</summary>
internal static class UserSearch
{
    private const string Invalid = "Invalid user search query.";

    private static readonly Dictionary<string, string> Keys = new(StringComparer.Ordinal)
    {
        ["search"] = "search",
        ["name"] = "name",
        ["person"] = "person",
        ["status"] = "status",
        ["role"] = "role",
        ["last_seen_before"] = "last_seen_before",
        ["last_seen_after"] = "last_seen_after",
        ["created_before"] = "created_before",
        ["created_after"] = "created_after",
        ["github_com_user_id"] = "github_com_user_id",
        ["login_type"] = "login_type",
        ["is_service_account"] = "is_service_account",
        ["service_account"] = "is_service_account",
        ["has-ai-seat"] = "has-ai-seat",
        ["has_ai_seat"] = "has-ai-seat",
        ["ai-seat-idle"] = "ai-seat-idle",
        ["ai_seat_idle"] = "ai-seat-idle",
    };

    private static readonly Dictionary<string, string> MemberKeys = new(Keys, StringComparer.Ordinal)
    {
        ["org-role"] = "org-role",
        ["org_role"] = "org-role",
    };

    private const int MostIdleDays = 3650;

    private const string SearchedTexts = "the username and the e-mail address";

    /// <summary>What may be asked of every list of users.</summary>
    public static SearchSyntax Terms { get; } = new(Keys.Keys, SearchedTexts);

    /// <summary>As <see cref="Terms"/>, with the keys of modules above.</summary>
    public static SearchSyntax TermsWith(IEnumerable<UserFilterKey> others) => new([.. Keys.Keys, .. others.Select(other => other.Name)], SearchedTexts);

    /// <summary>As <see cref="TermsWith"/>, of the members of an organization.</summary>
    public static SearchSyntax MemberTermsWith(IEnumerable<UserFilterKey> others) => new([.. MemberKeys.Keys, .. others.Select(other => other.Name)], SearchedTexts);

    /// <summary>The one name of a key, however it is spelled; null for an unknown one.</summary>
    public static string? NameOf(string key) => MemberKeys.GetValueOrDefault(key.ToLowerInvariant());

    /// <summary>The filter, or a 400 that names everything wrong with the query. Null and empty mean everybody.</summary>
    public static Result<UserFilter> Parse(string? q)
    {
        var (query, filter) = Read(q, Keys, []);
        return query.Complaints.ToError(Invalid) is { } error ? error : filter;
    }

    /// <summary>As <see cref="Parse(string?)"/>; a filter by AI seat speaks of the flag that answers carry, and no flag is true while the feature is not usable.</summary>
    public static Result<UserFilter> Parse(string? q, bool seatsUsable, IReadOnlyCollection<string>? others = null, int? idleDays = null)
    {
        if (string.IsNullOrWhiteSpace(q) && idleDays is null)
            return UserFilter.None;
        var (query, filter) = Read(q, Keys, others ?? []);
        return query.Complaints.ToError(Invalid) is { } error ? error : OfFlags(filter with { IdleDays = Longer(filter.IdleDays, idleDays) }, seatsUsable);
    }

    /// <summary>As <see cref="Parse(string?, bool, IReadOnlyCollection{string}?, int?)"/>, with the roles that members hold in their organization as <c>org-role</c>.</summary>
    public static Result<OrganizationMemberFilter> ParseMembers(string? q, bool seatsUsable, IReadOnlyCollection<string> rolesOfEverybody, IReadOnlyCollection<string>? others = null)
    {
        if (string.IsNullOrWhiteSpace(q))
            return OrganizationMemberFilter.None;
        var (query, filter) = Read(q, MemberKeys, others ?? []);
        var roles = OrganizationRoleFilter.Of(new SearchValues(query).List("org-role"), rolesOfEverybody);
        return query.Complaints.ToError(Invalid) is { } error ? error : new OrganizationMemberFilter(OfFlags(filter, seatsUsable), roles);
    }

    private static (SearchExpression Query, UserFilter Filter) Read(string? q, Dictionary<string, string> keys, IReadOnlyCollection<string> others)
    {
        if (others.Count > 0)
            keys = new(keys.Concat(others.Select(other => KeyValuePair.Create(other, other))), StringComparer.Ordinal);
        var query = SearchExpression.Read(q?.Trim().ToLowerInvariant() ?? "", keys);
        var values = new SearchValues(query);
        return (query, new UserFilter(
            values.Text("search") ?? FreeText(query),
            values.Text("name"),
            values.List("status", UserStatus.All),
            Roles(values),
            values.Time("last_seen_before"),
            values.Time("last_seen_after"),
            values.Time("created_before"),
            values.Time("created_after"),
            values.Whole("github_com_user_id") is not 0 and var id ? id : null,
            values.List("login_type", LoginType.All),
            values.Boolean("is_service_account"),
            values.Boolean("has-ai-seat"))
        {
            IdleDays = IdleDays(query, values),
            Person = values.Text("person"),
            Asked = [.. others.Select(other => KeyValuePair.Create(other, values.List(other))).Where(asked => asked.Value.Count > 0)],
        });
    }

    private static UserFilter OfFlags(UserFilter filter, bool seatsUsable) => filter switch
    {
        _ when seatsUsable => filter,
        { IdleDays: not null } or { HasAiSeat: true } => UserFilter.Nobody,
        _ => filter with { HasAiSeat = null },
    };

    private static int? IdleDays(SearchExpression query, SearchValues values)
    {
        if (values.Whole("ai-seat-idle") is not { } days)
            return null;
        if (days is >= 1 and <= MostIdleDays)
            return (int)days;
        query.Complaints.Add("ai-seat-idle", $"Must be a number of days from 1 to {MostIdleDays}.");
        return null;
    }

    private static int? Longer(int? one, int? other) => one is null || other > one ? other : one;

    private static string? FreeText(SearchExpression query) => query.Words.Count == 0 ? null : string.Join(' ', query.Words);

    private static IReadOnlyList<string> Roles(SearchValues values)
    {
        var roles = values.List("role");
        return roles is [RoleName.Member] ? [] : roles;
    }
}

/// <summary>Lends the search to the modules below.</summary>
internal sealed class SharedUserSearch(TimeProvider clock) : IUserSearch
{
    public SearchSyntax Terms => UserSearch.Terms;

    public Result<IUserFilter> Parse(string? q, bool seatsUsable, int? idleDays = null)
    {
        var filter = UserSearch.Parse(q, seatsUsable, null, idleDays);
        return filter.IsSuccess ? filter.Value.At(clock.GetUtcNow()) : filter.Error;
    }
}
