using System.Net;

namespace Monolith.Notifications.Sending;

/// <summary>From names to addresses. A test answers something else the second time.</summary>
internal interface IHostResolver
{
    /// <summary>Throws a <see cref="System.Net.Sockets.SocketException"/> for a name that nobody knows.</summary>
    Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken);
}

internal sealed class HostResolver : IHostResolver
{
    public Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken) => Dns.GetHostAddressesAsync(host, cancellationToken);
}
