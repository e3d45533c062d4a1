using System.Globalization;

namespace Monolith.Web.Dashboard;

/// <summary>Words made of numbers and times.</summary>
public static class Phrase
{
    /// <summary>A text with its placeholders filled.</summary>
    public static string Of(string text, params object?[] values) => string.Format(CultureInfo.InvariantCulture, text, values);

    /// <summary>A whole number with thousands apart.</summary>
    public static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    /// <summary>A date such as 5 Mar 2026.</summary>
    public static string Date(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy", CultureInfo.InvariantCulture);

    /// <summary>A date and time such as 5 Mar 2026, 14:05 UTC.</summary>
    public static string Moment(DateTimeOffset time) => time.UtcDateTime.ToString("d MMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>True for the zero time that stands for "never".</summary>
    public static bool IsNever(DateTimeOffset time) => time.Year <= 1;

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
