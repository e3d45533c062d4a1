using Monolith.BuildingBlocks.Messaging;

namespace Monolith.Members.Sessions;

/// <summary>Decides what a request leaves behind on its key and its user (members specification 5.3). Nothing, for most of an hour.</summary>
internal sealed class SessionUse(SessionActivity activity, SessionOptions options, IDispatcher dispatcher)
{
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);

    public async Task NoteAsync(string keyId, SessionRow row, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (row.Status == "dormant" || row.LastSeenAt == DateTimeOffset.MinValue)
            await dispatcher.SendAsync(new WakeUserCommand(row.UserId), cancellationToken);
        var next = NextExpiry(row, now);
        if (now - row.LastUsed >= Every || next != row.ExpiresAt)
            activity.Note(new KeyUse(keyId, row.UserId, now, row.ExpiresAt, next));
    }

    /// <summary>A session begins its life anew while it is in use. A token lives as long as its maker said.</summary>
    private DateTimeOffset NextExpiry(SessionRow row, DateTimeOffset now)
    {
        var lifetime = TimeSpan.FromSeconds(row.LifetimeSeconds);
        var slides = row.LoginType != NewApiKey.TokenType && !options.DisableExpiryRefresh && row.ExpiresAt - now <= lifetime - Every;
        return slides ? now + lifetime : row.ExpiresAt;
    }
}
