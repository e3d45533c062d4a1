using System.Globalization;
using System.Text.RegularExpressions;

namespace Monolith.Web.Dashboard;

/// <summary>Words made of numbers and times.</summary>
public static partial class Phrase
{
    /// <summary>
    /// A text with its placeholders filled. <c>[0|this person|these {0} people]</c> is the first part where value 0 reads as 1, and the second one else, so that no
    /// text says "1 users".
    /// </summary>
    public static string Of(string text, params object?[] values) => string.Format(
        CultureInfo.InvariantCulture,
        text.Contains('[', StringComparison.Ordinal) ? Plural().Replace(text, match => match.Groups[IsOne(values, match.Groups[1].Value) ? 2 : 3].Value) : text,
        values);

    /// <summary>A whole number with thousands apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A sentence of the API, whose numbers stand there as programs write them, with thousands apart. Days and ids stay as they are.</summary>
    public static string Apart(string sentence) => Whole().Replace(sentence, match => long.TryParse(match.Value, CultureInfo.InvariantCulture, out var number) ? Number(number) : match.Value);

    /// <summary>A date such as 5 Mar 2026.</summary>
    public static string Date(DateTimeOffset time) => Date(DateOnly.FromDateTime(time.UtcDateTime));

    /// <summary>As <see cref="Date(DateTimeOffset)"/>.</summary>
    public static string Date(DateOnly day) => day.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A date and time in the zone of the reader, with its offset, such as 5 Mar 2026, 15:05 UTC+1.</summary>
    public static string Moment(DateTimeOffset time) => In(time, ViewerZone.Current, "d MMM yyyy, HH:mm");

    /// <summary>A time of day in the zone of the reader, with its offset, such as 15:05 UTC+1.</summary>
    public static string TimeOfDay(DateTimeOffset time) => In(time, ViewerZone.Current, "HH:mm");

    /// <summary>A date and time such as 5 Mar 2026, 14:05 UTC, whoever reads.</summary>
    public static string UtcMoment(DateTimeOffset time) => In(time, TimeZoneInfo.Utc, "d MMM yyyy, HH:mm");

    /// <summary>A time for machines, in a <c>time</c> element.</summary>
    public static string Machine(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);

    private static bool IsOne(object?[] values, string place) => Convert.ToString(values[int.Parse(place, CultureInfo.InvariantCulture)], CultureInfo.InvariantCulture) == "1";

    [GeneratedRegex(@"(?<![\w.:-])\d{4,}(?![\w:-]|\.\d)")]
    private static partial Regex Whole();

    [GeneratedRegex(@"\[(\d)\|([^|\]]*)\|([^|\]]*)\]")]
    private static partial Regex Plural();

    private static string In(DateTimeOffset time, TimeZoneInfo zone, string form)
    {
        // The first and the last day of the calendar have no other zone.
        var there = time.Year is <= 1 or >= 9999 ? time.ToUniversalTime() : TimeZoneInfo.ConvertTime(time, zone);
        return $"{there.ToString(form, CultureInfo.InvariantCulture)} UTC{Offset(there.Offset)}";
    }

    private static string Offset(TimeSpan offset) =>
        offset == TimeSpan.Zero ? "" : $"{(offset < TimeSpan.Zero ? "-" : "+")}{offset.ToString(offset.Minutes == 0 ? "%h" : "h\\:mm", CultureInfo.InvariantCulture)}";

    /// <summary>True for the zero time that stands for "never".</summary>
    public static bool IsNever(DateTimeOffset time) => time.Year <= 1;

    /// <summary>How far ahead a UTC day is: in days up to two months, then in months.</summary>
    public static string Ahead(DateOnly day, DateTimeOffset now)
    {
        var days = day.DayNumber - DateOnly.FromDateTime(now.UtcDateTime).DayNumber;
        return days <= 60 ? Of(Texts.InDays, days) : Of(Texts.InMonths, (int)Math.Round(days / 30.4));
    }

    /// <summary>How long ago, in the coarsest unit that says enough. A clock that is a little ahead counts as now.</summary>
    public static string Ago(DateTimeOffset time, DateTimeOffset now)
    {
        if (IsNever(time))
            return Texts.Never;
        var age = now - time;
        var days = (int)age.TotalDays;
        return age switch
        {
            { TotalMinutes: < 1 } => Texts.Now,
            { TotalHours: < 1 } => Of(Texts.MinutesAgo, (int)age.TotalMinutes),
            { TotalDays: < 1 } => Of(Texts.HoursAgo, (int)age.TotalHours),
            { TotalDays: < 2 } => Texts.Yesterday,
            { TotalDays: < 31 } => Of(Texts.DaysAgo, days),
            { TotalDays: < 61 } => Texts.MonthAgo,
            { TotalDays: < 365 } => Of(Texts.MonthsAgo, days / 30),
            { TotalDays: < 730 } => Texts.YearAgo,
            _ => Of(Texts.YearsAgo, days / 365),
        };
    }
}
