namespace Monolith.Api.Hosting;

/// <summary>What somebody probably meant.</summary>
internal static class Nearest
{
    /// <summary>The candidate that is fewest slips away, letter case aside; null when none is near.</summary>
    public static string? To(string word, IEnumerable<string> candidates)
    {
        var found = candidates
            .Select(candidate => (Name: candidate, Slips: Slips(word.ToUpperInvariant(), candidate.ToUpperInvariant())))
            .Where(one => one.Slips <= Math.Max(1, Math.Min(word.Length, one.Name.Length) / 3))
            .OrderBy(one => one.Slips)
            .ThenBy(one => one.Name, StringComparer.Ordinal)
            .ToList();
        return found.Count > 0 ? found[0].Name : null;
    }

    /// <summary><c> Did you mean X?</c>, or nothing.</summary>
    public static string Question(string word, IEnumerable<string> candidates) => To(word, candidates) is { } name ? $" Did you mean {name}?" : "";

    // Letters that are missing, too many or wrong, and neighbors that changed places, count as one each.
    private static int Slips(string a, string b)
    {
        var table = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            for (var j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    table[i, j] = i + j;
                    continue;
                }

                var cost = a[i - 1] == b[j - 1] ? 0 : 1;
                table[i, j] = Math.Min(Math.Min(table[i - 1, j], table[i, j - 1]) + 1, table[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                    table[i, j] = Math.Min(table[i, j], table[i - 2, j - 2] + 1);
            }
        }

        return table[a.Length, b.Length];
    }
}
