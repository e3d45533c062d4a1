using System.Globalization;
using Monolith.Members.Contracts;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>Users who become dormant soon. New ones come into sight every day: it tells of all of them, and again when the days that it told about are over.</summary>
internal sealed class UsersBecomeDormantSight(IDormancyOutlook outlook, TimeProvider clock) : IRuleSight
{
    public string Rule => RuleName.UsersBecomeDormant;

    public TimeSpan? PauseOf(RuleRow rule) => null;

    public async Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken)
    {
        var days = rule.Thresholds[0];
        if (await outlook.WithinAsync(days, cancellationToken) is not { } ahead)
            return Reading.Nothing("Nobody becomes dormant by itself.");
        var sentence = Sentence(ahead.Users, ahead.Seats, days);
        if (ahead.Users == 0 || (rule.Level > 0 && rule.ToldAt + TimeSpan.FromDays(days) <= clock.GetUtcNow()))
            return Reading.Nothing(sentence);
        return new Reading(1, 1, sentence, new Announcement(
            RuleName.UsersBecomeDormant, string.Create(CultureInfo.InvariantCulture, $"{Users(ahead.Users)} will become dormant within {days} days"), sentence,
            new { within_days = days, after_days = ahead.AfterDays, users = ahead.Users, frees_seats = ahead.Seats }));
    }

    private static string Sentence(long users, long seats, int days) => users == 0
        ? $"Nobody will become dormant within {days} days."
        : string.Create(CultureInfo.InvariantCulture, $"{Users(users)} will become dormant within {days} days, which frees {seats:N0} AI seats.");

    private static string Users(long users) => users == 1 ? "1 user" : string.Create(CultureInfo.InvariantCulture, $"{users:N0} users");
}
