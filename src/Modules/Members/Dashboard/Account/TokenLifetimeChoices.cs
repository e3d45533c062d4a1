using Monolith.Members.Sessions;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Account;

/// <summary>How long a token may last that is made on a page: what the deployment allows of a few lengths, and the longest where all of them are too long.</summary>
internal static class TokenLifetimeChoices
{
    private static readonly int[] Lengths = [7, 30, 60, 90, 365];
    private const int Standard = 30;

    /// <summary>Nanoseconds, ascending; never empty.</summary>
    public static IReadOnlyList<long> Upto(long longest)
    {
        var possible = Lengths.Select(days => Nanoseconds.Of(TimeSpan.FromDays(days))).Where(length => length <= longest).ToList();
        return possible.Count > 0 ? possible : [longest];
    }

    /// <summary>Thirty days, or the longest that is possible.</summary>
    public static long Preselected(IReadOnlyList<long> choices)
    {
        var standard = Nanoseconds.Of(TimeSpan.FromDays(Standard));
        return choices.Contains(standard) ? standard : choices[^1];
    }

    /// <summary>In days, or in hours where it is less than one.</summary>
    public static string Words(long nanoseconds)
    {
        var time = Nanoseconds.ToTime(nanoseconds);
        return time.TotalDays >= 1
            ? Phrase.Of(Texts.Days, (int)time.TotalDays)
            : Phrase.Of(Texts.Hours, Math.Round(time.TotalHours, 1));
    }
}
