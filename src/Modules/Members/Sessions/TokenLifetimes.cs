namespace Monolith.Members.Sessions;

/// <summary>How long a token of a user may last: owners have a limit of their own.</summary>
internal sealed class TokenLifetimes(IApiKeyReader keys, SessionSettings settings)
{
    public async Task<TimeSpan> LongestOfAsync(Guid userId, CancellationToken cancellationToken) =>
        settings.MaxOwnerTokenLifetime is { } ofOwners && await keys.IsOwnerAsync(userId, cancellationToken) ? ofOwners : settings.MaxTokenLifetime;
}

/// <summary>Durations on the wire are whole nanoseconds.</summary>
internal static class Nanoseconds
{
    public static long Of(TimeSpan time) => time.Ticks > long.MaxValue / TimeSpan.NanosecondsPerTick ? long.MaxValue : time.Ticks * TimeSpan.NanosecondsPerTick;

    public static TimeSpan ToTime(long nanoseconds) => TimeSpan.FromTicks(nanoseconds / TimeSpan.NanosecondsPerTick);
}
