using System.Globalization;

namespace Monolith.Data.Search;

/// <summary>Reads the values of a query by type. A bad one is a complaint under its key and reads as absent.</summary>
public sealed class SearchValues(SearchExpression query)
{
    private static readonly string[] UuidFormats = ["D", "N", "B"];

    /// <summary>The value as it is; null when absent.</summary>
    public string? Text(string key) => query.Find(key, out _);

    /// <summary>Comma-separated, trimmed, each once. Empty when absent.</summary>
    public IReadOnlyList<string> List(string key)
    {
        var value = query.Find(key, out _);
        return value is null ? [] : [.. value.Split(',').Select(part => part.Trim(' ', '"')).Distinct(StringComparer.Ordinal)];
    }

    /// <summary>A list of known names. One unknown name and the whole list fails.</summary>
    public IReadOnlyList<string> List(string key, params IReadOnlyList<string> known)
    {
        var values = List(key);
        if (!values.Except(known, StringComparer.Ordinal).Any())
            return values;

        // Which one was wrong is not said: it may be free text that slipped in.
        query.Complaints.Add(key, $"Must be a list of: {string.Join(", ", known)}.");
        return [];
    }

    /// <summary>A whole number.</summary>
    public long? Whole(string key) => Read<long>(key, "Must be a whole number of 64 bits.",
        text => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : null);

    /// <summary>true, t, 1 or their opposites, in any case.</summary>
    public bool? Boolean(string key) => Read<bool>(key, "Must be true or false.", text => text.ToUpperInvariant() switch
    {
        "TRUE" or "T" or "1" => true,
        "FALSE" or "F" or "0" => false,
        _ => null,
    });

    /// <summary>A timestamp, in UTC.</summary>
    public DateTimeOffset? Time(string key) => Read(key, "Must be an RFC 3339 timestamp in double quotes.", Rfc3339.Parse);

    /// <summary>A uuid, with or without hyphens or braces.</summary>
    public Guid? Uuid(string key) => Read<Guid>(key, "Must be a uuid.",
        text => UuidFormats.Select(format => Guid.TryParseExact(text, format, out var id) ? id : (Guid?)null).FirstOrDefault(id => id is not null));

    private T? Read<T>(string key, string complaint, Func<string, T?> parse)
        where T : struct
    {
        if (query.Find(key, out var sentKey) is not { } text)
            return null;
        var value = parse(text);
        if (value is null)
            query.Complaints.Add(sentKey, complaint);
        return value;
    }
}
