using System.Globalization;
using Monolith.Entitlements.Contracts;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>The day on which the seats will be full at the present rate. Full seats leave the step alone.</summary>
internal sealed class SeatsProjectedFullSight(IDeploymentOutlook outlook, TimeProvider clock) : IRuleSight
{
    /// <summary>Days behind the threshold at which the step is left.</summary>
    internal const int Slack = 2;

    public string Rule => RuleName.SeatsProjectedFull;

    public TimeSpan? PauseOf(RuleRow rule) => null;

    public async Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken) =>
        Read((await outlook.LookAsync(cancellationToken)).Seats, rule.Thresholds[0], DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime));

    internal static Reading Read(SeatNumbers? seats, int within, DateOnly today)
    {
        if (seats is not { Limit: > 0 })
            return Reading.Nothing("No license limits AI seats.");
        // Somebody who was told stays told; that the seats are full now is told by another rule.
        if (seats.Available == 0)
            return new Reading(0, 1, "All AI seats are used.");
        if (seats.LimitReachedOn is not { } day)
            return Reading.Nothing("At the present rate the AI seats will not be full within twelve months.");
        var ahead = day.DayNumber - today.DayNumber;
        var sentence = string.Create(CultureInfo.InvariantCulture, $"At the present rate the AI seats will be full on {day:yyyy-MM-dd}. {seats.Available:N0} are left.");
        return ahead <= within
            ? new Reading(1, 1, sentence, News(seats, day, string.Create(CultureInfo.InvariantCulture, $"AI seats will be full on {day:yyyy-MM-dd}"), sentence))
            : new Reading(0, ahead <= within + Slack ? 1 : 0, sentence);
    }

    private static Announcement News(SeatNumbers seats, DateOnly day, string subject, string body) =>
        new(RuleName.SeatsProjectedFull, subject, body, new { limit_reached_on = day, seats.Limit, seats.Actual, seats.Available });
}
