using Monolith.Members.Contracts;

namespace Monolith.Members.Sessions;

/// <summary>Decides what a request leaves behind on its key and its user (members specification 5.3). Nothing, for most of an hour.</summary>
internal sealed class SessionUse(SessionActivity activity, SessionSettings options, IDispatcher dispatcher)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public Task NoteAsync(string keyId, SessionRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (Wakes(row))
            return WakeAsync(keyId, row, now, cancellationToken);
        Note(keyId, row, now);
        return Task.CompletedTask;
    }

    private async Task WakeAsync(string keyId, SessionRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await dispatcher.SendAsync(new ActivateUserCommand(row.UserId), cancellationToken);
        Note(keyId, row, now);
    }

    /// <summary>Whether this use makes the user active, which takes a command.</summary>
    public static bool Wakes(SessionRow row) => row.Status == UserStatus.Dormant || row.LastSeenAt == DateTimeOffset.MinValue;

    /// <summary>As <see cref="NoteAsync"/>, of a user who is awake.</summary>
    public void Note(string keyId, SessionRow row, DateTimeOffset now)
    {
        var slides = row.LoginType != LoginType.Token && !options.DisableExpiryRefresh;
        var next = slides ? NextExpiry(row.ExpiresAt, TimeSpan.FromSeconds(row.LifetimeSeconds), now) : row.ExpiresAt;
        if (now - row.LastUsed >= Every || next != row.ExpiresAt)
            activity.Note(new ApiKeyUse(keyId, row.UserId, now, row.ExpiresAt, next));
    }

    /// <summary>A session begins its life anew while it is in use, once an hour. A token lives as long as its maker said.</summary>
    internal static DateTimeOffset NextExpiry(DateTimeOffset expiresAt, TimeSpan lifetime, DateTimeOffset now) =>
        expiresAt - now <= lifetime - Every ? now + lifetime : expiresAt;
}
