using System.Net.Sockets;
using System.Text;

namespace Monolith.Api.Tests.Edges;

/// <summary>Bytes on a socket, for requests that no client library would send.</summary>
internal static class RawHttp
{
    /// <summary>Sends the text, closes the sending side when asked, and reads until the server closes the connection.</summary>
    public static async Task<string> SendAsync(Uri address, string request, bool halfClose = false)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        using var client = new TcpClient();
        await client.ConnectAsync(address.Host, address.Port, limit.Token);
        await using var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.Latin1.GetBytes(request), limit.Token);
            if (halfClose)
                client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            return await reader.ReadToEndAsync(limit.Token);
        }
        catch (IOException)
        {
            return ""; // reset
        }
    }

    /// <summary>The status of an answer; 0 when the connection was closed without one.</summary>
    public static int StatusOf(string answer) => answer.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) ? int.Parse(answer.AsSpan(9, 3), null) : 0;
}
