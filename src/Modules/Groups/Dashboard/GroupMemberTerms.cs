namespace Monolith.Groups.Dashboard;

/// <summary>The filter of a roster taken apart: what has a choice of its own, and the rest, which stays as it was typed.</summary>
internal sealed record GroupMemberTerms(string Text, string? Status, string? Seat)
{
    private const string StatusKey = "status:";
    private const string SeatKey = "has-ai-seat:";

    public static GroupMemberTerms Read(string? filter)
    {
        var elements = SearchExpression.Elements(filter ?? "");
        var (status, seat) = (elements.FirstOrDefault(Is(StatusKey)), elements.FirstOrDefault(Is(SeatKey)));
        return new(string.Join(' ', elements.Where(element => element != status && element != seat)), status?[StatusKey.Length..], seat?[SeatKey.Length..]);
    }

    /// <summary>The filter that a form asks for; false when none was sent.</summary>
    public static bool TryRead(IQueryCollection sent, out string? filter)
    {
        filter = new GroupMemberTerms(sent["q"].ToString().Trim(), sent["status"], sent["seat"]).ToFilter();
        return sent.ContainsKey("q") || sent.ContainsKey("status") || sent.ContainsKey("seat");
    }

    private string? ToFilter() =>
        string.Join(' ', new[] { Text, Term(StatusKey, Status), Term(SeatKey, Seat) }.Where(part => part.Length > 0)) is { Length: > 0 } filter ? filter : null;

    private static Func<string, bool> Is(string key) => element => element.Length > key.Length && element.StartsWith(key, StringComparison.OrdinalIgnoreCase);

    private static string Term(string key, string? value) => string.IsNullOrWhiteSpace(value) ? "" : key + value;
}
