using System.Globalization;

namespace Monolith.Audit.Log;

/// <summary>The <c>q</c> of the audit log (contract 7.4). Scoped.</summary>
internal sealed class AuditSearch(IOrganizationDirectory organizations, IActors actors, ICaller caller)
{
    private static readonly string[] Names =
        ["resource_type", "resource_id", "resource_target", "action", "username", "email", "date_from", "date_to", "organization", "request_id", "result"];

    // What the compatible system knows; we have the first five.
    private static readonly string[] Actions =
        ["create", "write", "delete", "login", "logout", "start", "stop", "register", "request_password_reset", "connect", "disconnect", "open", "close"];

    private static readonly Dictionary<string, string> Keys = Names.ToDictionary(name => name, StringComparer.Ordinal);

    /// <summary>What may be asked.</summary>
    public static SearchSyntax Terms { get; } = new(Names, null);

    /// <summary>The filter, or a 400 that names everything wrong with the query.</summary>
    public async Task<Result<AuditFilter>> ParseAsync(string? q, AuditReader reader, CancellationToken cancellationToken)
    {
        var query = SearchExpression.Read((q ?? "").Trim(), Keys);
        if (query.Words.Count > 0)
            query.Complaints.Add("q", "Must consist of key:value elements.");
        var values = new SearchValues(query);
        var filter = new AuditFilter(
            values.Text("resource_type")?.ToLowerInvariant(),
            values.Uuid("resource_id"),
            values.Text("resource_target"),
            OneOf(query, "action", Actions),
            await ActorsAsync(values.Text("username"), values.Text("email"), cancellationToken),
            Time(query, "date_from", TimeSpan.Zero),
            Time(query, "date_to", TimeSpan.FromDays(1)),
            await OrganizationAsync(query, values.Text("organization"), reader, cancellationToken),
            values.Text("request_id"),
            OneOf(query, "result", ["success", "failure"]) switch { "success" => false, "failure" => true, _ => null });
        return query.Complaints.ToError("Invalid audit search query.") is { } error ? error : filter;
    }

    private async Task<IReadOnlyList<Guid?>?> ActorsAsync(string? username, string? email, CancellationToken cancellationToken)
    {
        if (username is null && email is null)
            return null;
        var byName = username switch
        {
            null => null,
            "me" => [caller.UserId],
            _ => await actors.NamedAsync(username.ToLowerInvariant(), cancellationToken),
        };
        var byEmail = email is null ? null : await actors.WithEmailAsync(email.ToLowerInvariant(), cancellationToken);
        return [.. (byName ?? byEmail!).Intersect(byEmail ?? byName!).Select(id => (Guid?)id)];
    }

    // Hidden is absent. What is deleted has no name any more, and is asked for by its id.
    private async Task<Guid?> OrganizationAsync(SearchExpression query, string? reference, AuditReader reader, CancellationToken cancellationToken)
    {
        if (reference is null)
            return null;
        var id = Guid.TryParseExact(reference, "D", out var known) ? known : (await organizations.FindAsync(reference, cancellationToken))?.Id;
        if (id is { } found && reader.Reads(found))
            return found;
        query.Complaints.Add("organization", "Must be the name or the id of an organization whose log you may read.");
        return null;
    }

    private static string? OneOf(SearchExpression query, string key, string[] known)
    {
        var value = query.Find(key, out _)?.ToLowerInvariant();
        if (value is null || known.Contains(value))
            return value;
        query.Complaints.Add(key, $"Must be one of: {string.Join(", ", known)}.");
        return null;
    }

    /// <summary>A day in UTC, or a time in quotes. The end of a day is the next one's beginning; the end of a time is that time.</summary>
    private static DateTimeOffset? Time(SearchExpression query, string key, TimeSpan day)
    {
        if (query.Find(key, out _) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date) && date.Year < DateOnly.MaxValue.Year)
            return new DateTimeOffset(date.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero) + day;
        if (Rfc3339.Parse(text) is { } time)
            return day > TimeSpan.Zero && time < DateTimeOffset.MaxValue ? time.AddTicks(TimeSpan.TicksPerMicrosecond) : time;
        query.Complaints.Add(key, "Must be a day, such as 2026-01-31, or an RFC 3339 timestamp in double quotes.");
        return null;
    }
}
