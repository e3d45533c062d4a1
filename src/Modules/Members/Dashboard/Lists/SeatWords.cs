using Monolith.Entitlements.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>Numbers of seats in words.</summary>
internal static class SeatWords
{
    public static string Of(SeatMoment moment) => moment.Limit is { } limit ? Of(moment.Actual, limit) : Texts.SeatsNone;

    /// <summary>So many in use, of so many, and how many that leaves.</summary>
    public static string Of(long actual, long limit) =>
        Phrase.Of(actual > limit ? Texts.SeatsMomentOver : Texts.SeatsMoment, Phrase.Number(actual), Phrase.Number(limit), Phrase.Number(Math.Abs(limit - actual)));
}
