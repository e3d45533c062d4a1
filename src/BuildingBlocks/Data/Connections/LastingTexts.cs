using System.Collections.Concurrent;

namespace Monolith.Data.Connections;

/// <summary>Statements whose text is the same object from one request to the next. What is put before such a text is put there once. In bounded memory.</summary>
internal static class LastingTexts
{
    private const int Most = 2_000;
    private const int MostBefore = 16;

    private static readonly ConcurrentDictionary<string, ConcurrentDictionary<string, string>> Known = new(ReferenceEqualityComparer.Instance);

    /// <summary>From now on the text is known, if there is room.</summary>
    public static string Keep(string text)
    {
        if (Known.Count < Most)
            Known.TryAdd(text, new ConcurrentDictionary<string, string>(ReferenceEqualityComparer.Instance));
        return text;
    }

    /// <summary>Both statements, <paramref name="before"/> first.</summary>
    public static string Behind(string before, string text)
    {
        if (!Known.TryGetValue(text, out var made))
            return Join(before, text);
        if (made.TryGetValue(before, out var both))
            return both;
        return made.Count < MostBefore ? made.GetOrAdd(before, Keep(Join(before, text))) : Join(before, text);
    }

    private static string Join(string before, string text) => $"{before};\n{text}";
}
