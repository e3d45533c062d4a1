using System.Net;
using System.Net.Sockets;

namespace Monolith.Notifications.Sending;

/// <summary>Where webhooks may go: nowhere into a network of one's own, unless <c>Notifications:AllowPrivateTargets</c> says so. Asked when a target is saved, and again for each connection. Singleton.</summary>
internal sealed class TargetGuard(NotificationSettings settings, IHostResolver resolver)
{
    private static readonly TimeSpan LookUpTime = TimeSpan.FromSeconds(3);
    private static readonly string[] ClosedNames = ["localhost", "local", "internal", "home.arpa"];

    /// <summary>What is wrong with the address as it stands now; null when it may be saved. A name that nobody knows yet may.</summary>
    public async Task<string?> ComplaintAsync(Uri url, CancellationToken cancellationToken)
    {
        if (settings.AllowPrivateTargets)
            return null;
        if (IsClosedName(url.IdnHost))
            return Refusal;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(LookUpTime);
        try
        {
            return Array.TrueForAll(await AddressesAsync(url.IdnHost, limit.Token), PublicAddress.Is) ? null : Refusal;
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException || (exception is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            return null;
        }
    }

    /// <summary>The addresses to connect to: the connection goes to one of these, and the name is not looked up again.</summary>
    /// <exception cref="RefusedTargetException">One of them is closed.</exception>
    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var addresses = await AddressesAsync(host, cancellationToken);
        return settings.AllowPrivateTargets || (!IsClosedName(host) && Array.TrueForAll(addresses, PublicAddress.Is)) ? addresses : throw new RefusedTargetException();
    }

    private const string Refusal = "Leads to a private, local or reserved address. Notifications__AllowPrivateTargets=true allows it.";

    private async Task<IPAddress[]> AddressesAsync(string host, CancellationToken cancellationToken) =>
        IPAddress.TryParse(host.Trim('[', ']'), out var literal) ? [literal] : await resolver.ResolveAsync(host, cancellationToken);

    private static bool IsClosedName(string host)
    {
        var name = host.TrimEnd('.');
        return Array.Exists(ClosedNames, closed => name.Equals(closed, StringComparison.OrdinalIgnoreCase) || name.EndsWith($".{closed}", StringComparison.OrdinalIgnoreCase));
    }
}

/// <summary>The name of a target leads to where no message may go.</summary>
internal sealed class RefusedTargetException() : Exception("The name leads to a private, local or reserved address, which is not allowed.");
