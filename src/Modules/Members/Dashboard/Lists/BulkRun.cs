using System.Buffers.Text;
using System.Globalization;
using Monolith.Members.Contracts;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>
/// How far an action on many people is. One request does it to <see cref="AtOnce"/> of them; what the next one needs stands in the fields of a form, so that any
/// replica goes on, and nothing is left behind when nobody does.
/// </summary>
internal sealed class BulkRun
{
    /// <summary>Users in one request. A few seconds of work: people see that it goes on, and no proxy gives up.</summary>
    public const int AtOnce = 500;

    public const string Step = "step";
    public const string Go = "go";
    public const string Stop = "stop";

    private const int MostReasons = 200;
    private const string NamesField = "names", IdsField = "ids", NextField = "next", RefusedField = "refused", ReasonField = "reason";

    private static readonly string[] Statuses = [.. UserStatus.All];

    private readonly string _ids;
    private readonly List<string> _reasons = [];
    private readonly Dictionary<int, int> _refused = [];

    /// <summary>A run that begins. The people are those whose status of before is known.</summary>
    public BulkRun(IEnumerable<string> names, IReadOnlyList<BulkUser> people)
        : this([.. names], IdsOf(people))
    {
    }

    private BulkRun(IReadOnlyList<string> names, string ids) => (Names, _ids) = (names, ids);

    /// <summary>Everybody, in order; fixed when the form was confirmed.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>How many had their turn.</summary>
    public int Next { get; private set; }

    /// <summary>Nobody is left.</summary>
    public bool IsOver => Next >= Names.Count;

    /// <summary>What the form carries.</summary>
    public IEnumerable<KeyValuePair<string, string>> Fields =>
    [
        new(NamesField, string.Join(' ', Names)),
        new(IdsField, _ids),
        new(NextField, Next.ToString(CultureInfo.InvariantCulture)),
        new(RefusedField, string.Join(' ', _refused.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Key}:{one.Value}")))),
        .. _reasons.Select(reason => KeyValuePair.Create(ReasonField, reason)),
    ];

    /// <summary>What became of those who had their turn.</summary>
    public List<BulkResults.Outcome> Outcomes =>
        [.. Names.Take(Next).Select((name, place) => new BulkResults.Outcome(name, _refused.TryGetValue(place, out var reason) ? _reasons[reason] : null))];

    /// <summary>Whether the form goes on with a run.</summary>
    public static bool IsIn(HttpRequest request) => request.HasFormContentType && request.Form.ContainsKey(NextField);

    /// <summary>The run of a form; null when it begins one. Text that nobody here wrote is the reader's own: each turn asks for the right to it.</summary>
    public static BulkRun? Read(HttpRequest request)
    {
        if (!IsIn(request) || !int.TryParse(request.Form[NextField], NumberStyles.None, CultureInfo.InvariantCulture, out var next))
            return null;
        var names = request.Form[NamesField].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(BulkPage.MostMatching).ToList();
        var run = new BulkRun(names, request.Form[IdsField].ToString()) { Next = Math.Min(next, names.Count) };
        run._reasons.AddRange(request.Form[ReasonField].OfType<string>().Take(MostReasons));
        foreach (var one in request.Form[RefusedField].ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            var (place, reason) = (one.Split(':')[0], one[(one.IndexOf(':', StringComparison.Ordinal) + 1)..]);
            if (int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var at) && int.TryParse(reason, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < run._reasons.Count)
                run._refused[at] = index;
        }

        return run;
    }

    /// <summary>The next one had their turn; null when it went well.</summary>
    public void Take(string? problem)
    {
        if (problem is not null)
        {
            if (!_reasons.Contains(problem) && _reasons.Count < MostReasons)
                _reasons.Add(problem);
            _refused[Next] = Math.Max(_reasons.IndexOf(problem), 0);
        }

        Next++;
    }

    /// <summary>How those were who had their turn and are in another status now.</summary>
    public IReadOnlyList<(Guid Id, string Status)> Before(string status)
    {
        if (!Base64Url.IsValid(_ids) || Base64Url.DecodeFromChars(_ids) is not { } bytes || bytes.Length != Names.Count * IdLength)
            return [];
        return [.. bytes.Chunk(IdLength).Take(Next).Select((one, place) => (Place: place, Id: new Guid(one.AsSpan(1)), Status: Statuses[one[0] % Statuses.Length]))
            .Where(one => one.Id != Guid.Empty && one.Status != status && !_refused.ContainsKey(one.Place)).Select(one => (one.Id, one.Status))];
    }

    // A byte for the status, and the id.
    private const int IdLength = 17;

    private static string IdsOf(IReadOnlyList<BulkUser> people) =>
        Base64Url.EncodeToString([.. people.SelectMany(one => one.Id.ToByteArray().Prepend((byte)Math.Max(Array.IndexOf(Statuses, one.Status), 0)))]);
}
