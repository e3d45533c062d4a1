using System.Globalization;
using Monolith.Members.Directory;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>
/// A search text taken apart for the filter bar: what has a control of its own, and the rest, which stays as it was typed.
/// <c>Role</c> is a site role, or a role of the organization with <see cref="InOrganization"/> before it.
/// </summary>
internal sealed record FilterTerms(string Text, string? Status, string? Role, string? Type, string? Seat, string? SeenAfter, string? SeenBefore)
{
    public const string InOrganization = $"{OrganizationRole}:";

    private const string OrganizationRole = "org-role";

    // What the search calls a key, to the control that shows it.
    private static readonly Dictionary<string, string> Controls = new(StringComparer.Ordinal)
    {
        ["status"] = "status",
        ["role"] = "role",
        [OrganizationRole] = "role",
        ["is_service_account"] = "type",
        ["has-ai-seat"] = "seat",
        ["last_seen_after"] = "after",
        ["last_seen_before"] = "before",
    };

    /// <summary>Reads a filter. The first term of a key counts; later ones stay in the text, where the server complains about them or not.</summary>
    public static FilterTerms Read(string? filter)
    {
        var found = new Dictionary<string, string>();
        var rest = new List<string>();
        foreach (var element in SearchExpression.Elements(filter ?? ""))
        {
            var colon = element.IndexOf(':', StringComparison.Ordinal);
            var isControl = colon > 0 && colon < element.Length - 1
                && UserSearch.NameOf(element[..colon]) is { } name
                && Controls.TryGetValue(name, out var control)
                && found.TryAdd(control, (name == OrganizationRole ? InOrganization : "") + element[(colon + 1)..].Trim('"'));
            if (!isControl)
                rest.Add(element);
        }

        return new(
            string.Join(' ', rest),
            found.GetValueOrDefault("status"),
            found.GetValueOrDefault("role"),
            found.GetValueOrDefault("type"),
            found.GetValueOrDefault("seat"),
            found.GetValueOrDefault("after"),
            found.GetValueOrDefault("before"));
    }

    /// <summary>The filter again, its terms in one order; null when nothing is asked for.</summary>
    public string? ToFilter() => string.Join(' ', Terms().Where(term => term.Length > 0)) is { Length: > 0 } filter ? filter : null;

    private IEnumerable<string> Terms() =>
    [
        Text.Trim(),
        Term("status", Status),
        Role?.StartsWith(InOrganization, StringComparison.Ordinal) == true ? Term(OrganizationRole, Role[InOrganization.Length..]) : Term("role", Role),
        Term("service_account", Type),
        Term("has-ai-seat", Seat),
        Term("last_seen_after", SeenAfter),
        Term("last_seen_before", SeenBefore),
    ];

    private static string Term(string key, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : value.AsSpan().ContainsAny(' ', ':') ? $"{key}:\"{value}\"" : $"{key}:{value}";
}

/// <summary>The ranges of "last seen" on offer. They begin at midnight UTC, so that a day's links are equal.</summary>
internal sealed record SeenRange(string Key, string Text, string? After, string? Before)
{
    public const string Custom = "custom";

    public static IReadOnlyList<SeenRange> At(DateTimeOffset now) =>
    [
        new("7d", Texts.SeenWeek, DaysAgo(now, 7), null),
        new("30d", Texts.SeenMonth, DaysAgo(now, 30), null),
        new("not-30d", Texts.NotSeenMonth, null, DaysAgo(now, 30)),
        new("not-90d", Texts.NotSeenQuarter, null, DaysAgo(now, 90)),
        new("never", Texts.SeenNever, null, "0001-01-02T00:00:00Z"),
    ];

    /// <summary>The range that the terms mean; null when it is none of those on offer.</summary>
    public static SeenRange? Of(FilterTerms terms, DateTimeOffset now) =>
        At(now).FirstOrDefault(range => range.After == terms.SeenAfter && range.Before == terms.SeenBefore);

    private static string DaysAgo(DateTimeOffset now, int days) =>
        now.UtcDateTime.Date.AddDays(-days).ToString("yyyy-MM-dd'T'00:00:00'Z'", CultureInfo.InvariantCulture);
}
