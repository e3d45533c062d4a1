using System.Net;
using System.Net.Sockets;

namespace Monolith.Kernel.Authorization;

/// <summary>What counts as one client on the network: an IPv4 address, or the 64 bits of an IPv6 address that are given to one customer.</summary>
public static class ClientNetwork
{
    /// <summary>The network as text, such as <c>192.0.2.7</c> or <c>2001:db8:1:2::/64</c>.</summary>
    public static string Of(IPAddress? address)
    {
        if (address is null)
            return "unknown";
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6)
            return address.ToString();
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes) + "/64";
    }

    /// <summary>The network of an address that is text already; null stays null.</summary>
    public static string? Of(string? address) => address is null ? null : IPAddress.TryParse(address, out var parsed) ? Of(parsed) : "unknown";
}
