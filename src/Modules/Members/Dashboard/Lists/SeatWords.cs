using Monolith.Entitlements.Contracts;
using Monolith.Web.Dashboard;

namespace Monolith.Members.Dashboard.Lists;

/// <summary>Numbers of seats in words.</summary>
internal static class SeatWords
{
    /// <summary>The color of a level (of <see cref="SeatNumbers"/>): the same on every page.</summary>
    public static string Shade(string level) => level switch { "over" => "bad", "near" or "full" => "warn", _ => "good" };

    /// <summary>The icon of a level.</summary>
    public static string Symbol(string level) => level switch { "over" => "error", "near" or "full" => "warning", _ => "in-use" };

    public static string Of(SeatMoment moment) => moment.Limit is { } limit ? Of(moment.Actual, limit) : Texts.SeatsNone;

    /// <summary>So many in use, of so many, and how many that leaves.</summary>
    public static string Of(long actual, long limit) =>
        Phrase.Of(actual > limit ? Texts.SeatsMomentOver : Texts.SeatsMoment, Phrase.Number(actual), Phrase.Number(limit), Phrase.Number(Math.Abs(limit - actual)));
}
