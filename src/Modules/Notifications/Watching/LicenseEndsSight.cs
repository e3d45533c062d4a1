using System.Globalization;
using Monolith.Entitlements.Contracts;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>The end of the licenses: a step for each number of days before it, one when the grace period begins, and one when that is over. Time goes one way, so that only a new license leaves a step.</summary>
internal sealed class LicenseEndsSight(IDeploymentOutlook outlook, TimeProvider clock) : IRuleSight
{
    public string Rule => RuleName.LicenseEnds;

    public TimeSpan? PauseOf(RuleRow rule) => null;

    public async Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken) => Read((await outlook.LookAsync(cancellationToken)).Licenses, rule.Thresholds, clock.GetUtcNow());

    internal static Reading Read(LicenseOutlook? licenses, IReadOnlyList<int> thresholds, DateTimeOffset now)
    {
        if (licenses is null)
            return Reading.Nothing("There is no license.");
        if (licenses.WorksUntil <= now)
            return At(thresholds.Count + 2, "The license has ended", $"The license ended on {Day(licenses.WorksUntil)}. What it allowed is switched off.", "ended", licenses);
        if (licenses.PaidUntil <= now)
            return At(thresholds.Count + 1, "The grace period of the license has begun", $"The paid term ended on {Day(licenses.PaidUntil)}. What the license allows works until {Day(licenses.WorksUntil)}.", "grace", licenses);
        var left = (licenses.PaidUntil - now).TotalDays;
        var sentence = $"The license ends on {Day(licenses.PaidUntil)}.";
        var level = thresholds.Count(days => left <= days);
        var days = (int)Math.Ceiling(left);
        return level == 0 ? Reading.Nothing(sentence) : At(level, $"The license ends in {days} {(days == 1 ? "day" : "days")}", sentence, "ending", licenses);
    }

    private static Reading At(int level, string subject, string sentence, string stage, LicenseOutlook licenses) => new(
        level, level, sentence, new Announcement(RuleName.LicenseEnds, subject, sentence, new { stage, licenses.PaidUntil, licenses.WorksUntil }));

    private static string Day(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
