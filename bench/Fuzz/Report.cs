using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Monolith.Fuzz;

/// <summary>What came back, counted; and what should not have.</summary>
internal sealed class Report
{
    private const int Shown = 20;
    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, SortedDictionary<int, int>> _statuses = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(int Number, FuzzRequest Request, Outcome Outcome)>> _finds = new(StringComparer.Ordinal);

    public void Add(int number, FuzzRequest request, Outcome outcome)
    {
        var find = outcome switch
        {
            { Hung: true } => "hang",
            { Status: >= 500 } => "5xx",
            // A half-closed connection may be closed in silence.
            { Status: 0 } when request.Chunks is null => "no answer",
            { Status: >= 400 } when !IsErrorBody(outcome) => "malformed error",
            _ => null,
        };
        lock (_gate)
        {
            var counts = _statuses.TryGetValue(request.Operation.Name, out var known) ? known : _statuses[request.Operation.Name] = [];
            counts[outcome.Status] = counts.GetValueOrDefault(outcome.Status) + 1;
            if (find is null)
                return;
            if (!_finds.TryGetValue(find, out var list))
                _finds[find] = list = [];
            list.Add((number, request, outcome));
        }
    }

    /// <summary>Answers whether there was neither an answer of 5xx nor a hang.</summary>
    public bool Print(TextWriter output, Uri url, TimeSpan took)
    {
        var total = _statuses.Values.Sum(counts => counts.Values.Sum());
        var refused = _statuses.Values.Sum(counts => counts.GetValueOrDefault(401));
        var good = _statuses.Values.Sum(counts => counts.Where(count => count.Key is >= 200 and < 300).Sum(count => count.Value));
        output.WriteLine();
        foreach (var (operation, counts) in _statuses)
            output.WriteLine($"{operation,-75} {string.Join("  ", counts.Select(count => $"{count.Key}:{count.Value}"))}");
        output.WriteLine();
        foreach (var (kind, list) in _finds)
        {
            foreach (var group in list.GroupBy(find => find.Request.Operation.Name))
            {
                output.WriteLine($"{kind}: {group.Key}, {group.Count()} times");
                foreach (var (number, request, outcome) in group.Take(Shown / 4))
                    output.WriteLine($"  --only {number}: {outcome.Status} {outcome.Trouble} {Cut(outcome.Body.ReplaceLineEndings(" "), 200)}\n    {Cut(request.Curl(url), 3000)}");
            }
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{total} requests in {took.TotalSeconds:0} s, {Share(total - refused, total)} past authentication, {Share(good, total)} answered with 2xx, {Count("5xx")} of 5xx, {Count("hang")} hangs, {Count("no answer")} without an answer, {Count("malformed error")} malformed errors"));
        return Count("5xx") == 0 && Count("hang") == 0;
    }

    private int Count(string kind) => _finds.TryGetValue(kind, out var list) ? list.Count : 0;

    private static string Share(int part, int whole) => (whole == 0 ? 0 : (double)part / whole).ToString("P1", CultureInfo.InvariantCulture);

    private static string Cut(string text, int length) => text.Length <= length ? text : text[..length] + "…";

    // What the HTTP server itself refuses has no body.
    private static bool IsErrorBody(Outcome outcome)
    {
        if (outcome.Body.Length == 0)
            return outcome.Status is 400 or 411 or 413 or 414 or 431;
        try
        {
            return JsonNode.Parse(outcome.Body) is JsonObject body && body["message"] is JsonValue;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
