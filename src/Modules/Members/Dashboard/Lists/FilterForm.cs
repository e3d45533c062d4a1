namespace Monolith.Members.Dashboard.Lists;

/// <summary>The filter bar as a browser sends it. The page answers with the address that says the same as one <c>filter</c>.</summary>
internal static class FilterForm
{
    private static readonly string[] Inputs = ["q", "status", "role", "type", "seat", "seen"];

    /// <summary>The filter that the bar asks for; null, and false, when the request does not come from the bar.</summary>
    public static bool TryRead(IQueryCollection query, DateTimeOffset now, out string? filter)
    {
        filter = null;
        if (!Array.Exists(Inputs, query.ContainsKey))
            return false;
        var seen = query["seen"].ToString();
        var range = SeenRange.At(now).FirstOrDefault(one => one.Key == seen);
        var kept = seen == SeenRange.Custom;

        // A term typed into the text wins over its control: it was written on purpose.
        var typed = FilterTerms.Read(query["q"]);
        filter = new FilterTerms(
            typed.Text,
            typed.Status ?? query["status"],
            typed.Role ?? query["role"],
            typed.Type ?? query["type"],
            typed.Seat ?? query["seat"],
            typed.SeenAfter ?? (kept ? query["after"] : range?.After),
            typed.SeenBefore ?? (kept ? query["before"] : range?.Before)).ToFilter();
        return true;
    }
}
