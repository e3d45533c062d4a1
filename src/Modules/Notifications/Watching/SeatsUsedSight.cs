using System.Globalization;
using Monolith.Entitlements.Contracts;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>AI seats against their limit: a step for each percentage, and a last one for more than all.</summary>
internal sealed class SeatsUsedSight(IDeploymentOutlook outlook) : IRuleSight
{
    /// <summary>Percentage points below a step at which it is left.</summary>
    internal const int Slack = 2;

    private const int All = 100;

    public string Rule => RuleName.SeatsUsed;

    public TimeSpan? PauseOf(RuleRow rule) => null;

    public async Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken) => Read((await outlook.LookAsync(cancellationToken)).Seats, rule.Thresholds);

    internal static Reading Read(SeatNumbers? seats, IReadOnlyList<int> thresholds)
    {
        if (seats is not { Limit: > 0 })
            return Reading.Nothing("No license limits AI seats.");
        var (actual, limit) = (seats.Actual, seats.Limit);
        var sentence = string.Create(CultureInfo.InvariantCulture, $"{actual:N0} of {limit:N0} AI seats are used ({actual * All / limit} percent).");
        var level = thresholds.Count(Reaches) + (actual > limit ? 1 : 0);
        var held = thresholds.Count(percent => Reaches(percent - Slack)) + (Reaches(All - Slack) ? 1 : 0);
        return level == 0 ? new Reading(0, held, sentence) : new Reading(level, held, sentence, News(seats, sentence, thresholds.Where(Reaches).DefaultIfEmpty(All).Max()));

        bool Reaches(int percent) => actual * All >= limit * (decimal)percent;
    }

    private static Announcement News(SeatNumbers seats, string sentence, int percent)
    {
        var subject = seats.Over > 0 ? "AI seats are over the limit" : seats.Available == 0 ? "All AI seats are used" : $"{percent} percent of the AI seats are used";
        var body = seats.Over > 0 ? string.Create(CultureInfo.InvariantCulture, $"{sentence} That is {seats.Over:N0} more than the license allows.") : sentence;
        return new Announcement(
            RuleName.SeatsUsed, subject, body, new { threshold_percent = percent, is_over = seats.Over > 0, seats.Limit, seats.Actual, seats.Available, seats.Over, seats.LimitReachedOn });
    }
}
