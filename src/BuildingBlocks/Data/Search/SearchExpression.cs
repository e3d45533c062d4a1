using Monolith.Kernel.Results;

namespace Monolith.Data.Search;

/// <summary>A <c>q</c> parameter taken apart: bare words, and key:value elements of which the first of each key counts.</summary>
public sealed class SearchExpression
{
    private readonly Dictionary<string, (string SentKey, string Value)> _values = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];

    private SearchExpression(SearchErrors complaints) => Complaints = complaints;

    /// <summary>Elements without a key, in order.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>What is wrong so far.</summary>
    public SearchErrors Complaints { get; }

    /// <summary>Takes a query apart.</summary>
    /// <param name="text">The query; keys are lowercased here, values are kept.</param>
    /// <param name="keys">What a client may send, to the name it is kept under; several names may mean the same.</param>
    public static SearchExpression Read(string text, IReadOnlyDictionary<string, string> keys)
    {
        var query = new SearchExpression(new SearchErrors());
        foreach (var element in Elements(text))
        {
            if (!element.Contains(':', StringComparison.Ordinal))
                query._words.Add(element);
            else if (element[0] == ':' || element[^1] == ':')
                query.Complaints.Add("q", "An element must not begin or end with a colon.");
            else
                query.ReadElement(element, keys);
        }
        return query;
    }

    /// <summary>The words and <c>key:value</c> elements of a query, as they were typed. Blanks in quotes separate nothing.</summary>
    public static IReadOnlyList<string> Elements(string text) => SplitOutsideQuotes(text, ' ');

    /// <summary>The value sent for a key, or null when it is absent or empty.</summary>
    public string? Find(string key, out string sentKey)
    {
        var found = _values.TryGetValue(key, out var sent);
        sentKey = found ? sent.SentKey : key;
        return found && sent.Value.Length > 0 ? sent.Value : null;
    }

    private void ReadElement(string element, IReadOnlyDictionary<string, string> keys)
    {
        var parts = SplitOutsideQuotes(element, ':');
        if (parts.Count == 1)
        {
            // Every colon is quoted: it is text.
            _words.Add(element);
            return;
        }
        if (parts.Count > 2)
        {
            Complaints.Add("q", "An element must have one colon only; quote values that contain one.");
            return;
        }

        var key = parts[0].Trim('"').ToLowerInvariant();
        if (keys.TryGetValue(key, out var name))
            _values.TryAdd(name, (key, parts[1].Trim('"')));
        else
            Complaints.Add(SearchErrors.MayName(key) ? key : "q", "Not a known search key.");
    }

    private static List<string> SplitOutsideQuotes(string text, char separator)
    {
        var parts = new List<string>();
        var (start, quoted) = (0, false);
        for (var i = 0; i <= text.Length; i++)
        {
            if (i < text.Length && text[i] == '"')
                quoted = !quoted;
            if (i < text.Length && (quoted || text[i] != separator))
                continue;
            if (i > start)
                parts.Add(text[start..i]);
            start = i + 1;
        }
        return parts;
    }
}

/// <summary>What is wrong with a search query, each thing once.</summary>
public sealed class SearchErrors
{
    // A query of thousands of bad keys must not make an answer of megabytes.
    private const int Most = 100;
    private const int LongestName = 64;

    private readonly List<FieldError> _errors = [];
    private readonly HashSet<FieldError> _seen = [];

    /// <summary>A complaint about a field; the same one again adds nothing.</summary>
    public void Add(string field, string detail)
    {
        var error = new FieldError(field, detail);
        if (_errors.Count < Most && _seen.Add(error))
            _errors.Add(error);
    }

    /// <summary>The failure, or null when nothing is wrong.</summary>
    public Error? ToError(string message) => _errors.Count == 0 ? null : new Error(ErrorKind.BadRequest, message, Validations: _errors);

    /// <summary>Names may be repeated to the client; free text, such as an e-mail address, may not.</summary>
    public static bool MayName(string text) =>
        text.Length is > 0 and <= LongestName && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '_' or '-');
}
