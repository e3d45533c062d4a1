using System.Net;
using System.Net.Sockets;

namespace Monolith.Notifications.Sending;

/// <summary>Tells addresses of the internet from those that lead back into a network of one's own, however they are written (the special-purpose registries of IANA).</summary>
internal static class PublicAddress
{
    private static readonly IPNetwork[] ClosedV4 =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.88.99.0/24",
            "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
            "168.63.129.16/32", // the metadata service of Azure, which looks public
        }.Select(network => IPNetwork.Parse(network)),
    ];

    // What is not among the assigned addresses is closed; of these, protocols and documentation are.
    private static readonly IPNetwork AssignedV6 = IPNetwork.Parse("2000::/3");
    private static readonly IPNetwork[] ClosedV6 = [IPNetwork.Parse("2001::/23"), IPNetwork.Parse("2001:db8::/32"), IPNetwork.Parse("3fff::/20")];
    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");
    private static readonly IPNetwork SixToFour = IPNetwork.Parse("2002::/16");

    /// <summary>True when a message may go there although nobody allowed private targets.</summary>
    public static bool Is(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6)
            address = address.MapToIPv4();
        if (address.AddressFamily == AddressFamily.InterNetwork)
            return !ClosedV4.Any(network => network.Contains(address));
        // Without its scope, which no network knows.
        var bytes = address.GetAddressBytes();
        address = new IPAddress(bytes);
        if (Nat64.Contains(address))
            return Is(new IPAddress(bytes.AsSpan(12, 4)));
        if (SixToFour.Contains(address))
            return Is(new IPAddress(bytes.AsSpan(2, 4)));
        return AssignedV6.Contains(address) && !ClosedV6.Any(network => network.Contains(address));
    }
}
