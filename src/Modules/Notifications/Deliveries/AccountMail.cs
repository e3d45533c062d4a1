using Monolith.Members.Contracts;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Deliveries;

/// <summary>Mails to one account go the way of all deliveries. Scoped.</summary>
internal sealed class AccountMail(IOutgoing outgoing, NotificationSettings settings) : IAccountMail
{
    public bool IsAvailable => settings.Smtp is not null;

    public Task StoreAsync(string address, string subject, string text, CancellationToken cancellationToken) =>
        outgoing.StoreForAccountAsync(address, new Announcement(Announcement.Account, subject, text, new { }), cancellationToken);
}
