namespace Monolith.Audit.Dashboard;

/// <summary>A search of the log taken apart for the filter bar: what has a control of its own, and the rest, which stays as it was typed.</summary>
internal sealed record AuditTerms(string Rest, string? Username, string? Action, string? Type, string? Target, string? Result, string? From, string? To)
{
    private const string Who = "username", What = "action", Kind = "resource_type", Which = "resource_target", End = "result", First = "date_from", Last = "date_to";

    private static readonly string[] Keys = [Who, What, Kind, Which, End, First, Last];

    // What the bar sends; a script leaves empty ones out.
    private static readonly string[] Bar = ["q", "who", "what", "kind", "which", "result", "from", "to"];

    /// <summary>Reads a filter. The first term of a key counts; later ones stay in the rest, where the server complains about them or not.</summary>
    public static AuditTerms Read(string? filter)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        List<string> rest = [];
        foreach (var element in SearchExpression.Elements(filter ?? ""))
        {
            var colon = element.IndexOf(':', StringComparison.Ordinal);
            var key = colon > 0 && colon < element.Length - 1 ? element[..colon].ToLowerInvariant() : "";
            if (!Keys.Contains(key) || !found.TryAdd(key, element[(colon + 1)..].Trim('"')))
                rest.Add(element);
        }

        return new(
            string.Join(' ', rest),
            found.GetValueOrDefault(Who),
            found.GetValueOrDefault(What),
            found.GetValueOrDefault(Kind),
            found.GetValueOrDefault(Which),
            found.GetValueOrDefault(End),
            found.GetValueOrDefault(First),
            found.GetValueOrDefault(Last));
    }

    /// <summary>The filter that the bar asks for; null, and false, when the request does not come from the bar. A term that was typed wins over its control.</summary>
    public static bool TryRead(IQueryCollection query, out string? filter)
    {
        filter = null;
        if (!Bar.Any(query.ContainsKey))
            return false;
        var typed = Read(query["q"]);
        filter = new AuditTerms(
            typed.Rest,
            typed.Username ?? query["who"],
            typed.Action ?? query["what"],
            typed.Type ?? query["kind"],
            typed.Target ?? query["which"],
            typed.Result ?? query["result"],
            typed.From ?? query["from"],
            typed.To ?? query["to"]).ToFilter();
        return true;
    }

    /// <summary>The filter again, its terms in one order; null when nothing is asked for.</summary>
    public string? ToFilter() => string.Join(' ', Terms().Where(term => term.Length > 0)) is { Length: > 0 } filter ? filter : null;

    private IEnumerable<string> Terms() =>
        [Term(Who, Username), Term(What, Action), Term(Kind, Type), Term(Which, Target), Term(End, Result), Term(First, From), Term(Last, To), Rest.Trim()];

    private static string Term(string key, string? value) =>
        string.IsNullOrWhiteSpace(value) ? "" : value.AsSpan().ContainsAny(' ', ':') ? $"{key}:\"{value.Trim()}\"" : $"{key}:{value.Trim()}";
}
