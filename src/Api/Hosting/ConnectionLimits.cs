using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Monolith.Api.Http.Limits;

namespace Monolith.Api.Hosting;

/// <summary>
/// How many connections the server holds: <c>Limits:Connections</c> (10,000) in all, and <c>Limits:ConnectionsPerAddress</c> (1,000) from one address.
/// One more is closed at once. Zero or less is no limit. A known proxy speaks for many and has the first limit only.
/// </summary>
internal sealed class ConnectionLimits
{
    private readonly OpenCounts<IPAddress> _open = new();
    private readonly int _perAddress;
    private readonly Func<IPAddress, bool> _isProxy;

    public ConnectionLimits(int perAddress, Func<IPAddress, bool> isProxy) => (_perAddress, _isProxy) = (perAddress, isProxy);

    /// <summary>The addresses that are counted at this moment.</summary>
    public int Addresses => _open.Keys;

    public static void Apply(KestrelServerOptions kestrel, LimitSettings settings, Func<IPAddress, bool> isProxy)
    {
        if (settings.Connections > 0)
            kestrel.Limits.MaxConcurrentConnections = settings.Connections;
        if (settings.ConnectionsPerAddress > 0)
        {
            var limits = new ConnectionLimits(settings.ConnectionsPerAddress, isProxy);
            kestrel.ConfigureEndpointDefaults(endpoint => endpoint.Use(limits.Guard));
        }
    }

    public ConnectionDelegate Guard(ConnectionDelegate next) => async connection =>
    {
        if (connection.RemoteEndPoint is not IPEndPoint { Address: var address } || _isProxy(address))
        {
            await next(connection);
            return;
        }

        var count = _open.Enter(address);
        try
        {
            if (count > _perAddress)
                connection.Abort(new ConnectionAbortedException("There are too many connections from this address."));
            else
                await next(connection);
        }
        finally
        {
            _open.Leave(address);
        }
    };
}
