using System.Globalization;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>Who will become dormant. The module that makes users dormant knows.</summary>
internal interface IDormancyForecast
{
    /// <summary>How many become dormant within this time if they do nothing, and how many seats that frees; null when nobody becomes dormant by itself.</summary>
    Task<(long Users, long Seats)?> AheadAsync(TimeSpan within, CancellationToken cancellationToken);
}

/// <summary>Nobody becomes dormant by itself.</summary>
internal sealed class NoDormancy : IDormancyForecast
{
    public Task<(long Users, long Seats)?> AheadAsync(TimeSpan within, CancellationToken cancellationToken) => Task.FromResult<(long, long)?>(null);
}

/// <summary>Users who become dormant soon. New ones come into sight every day: it tells of all of them, and again when the days that it told about are over.</summary>
internal sealed class UsersBecomeDormantSight(IDormancyForecast forecast, TimeProvider clock) : IRuleSight
{
    public string Rule => RuleName.UsersBecomeDormant;

    public TimeSpan? PauseOf(RuleRow rule) => null;

    public async Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken)
    {
        var days = rule.Thresholds[0];
        if (await forecast.AheadAsync(TimeSpan.FromDays(days), cancellationToken) is not { } ahead)
            return Reading.Nothing("Nobody becomes dormant by itself.");
        if (ahead.Users == 0 || rule.ToldAt + TimeSpan.FromDays(days) <= clock.GetUtcNow() && rule.Level > 0)
            return Reading.Nothing(Sentence(ahead.Users, ahead.Seats, days));
        var sentence = Sentence(ahead.Users, ahead.Seats, days);
        return new Reading(1, 1, sentence, new Announcement(
            RuleName.UsersBecomeDormant, string.Create(CultureInfo.InvariantCulture, $"{Users(ahead.Users)} will become dormant within {days} days"), sentence,
            new { within_days = days, users = ahead.Users, frees_seats = ahead.Seats }));
    }

    private static string Sentence(long users, long seats, int days) =>
        string.Create(CultureInfo.InvariantCulture, $"{Users(users)} will become dormant within {days} days, which frees {seats:N0} AI seats.");

    private static string Users(long users) => users == 1 ? "1 user" : string.Create(CultureInfo.InvariantCulture, $"{users:N0} users");
}
