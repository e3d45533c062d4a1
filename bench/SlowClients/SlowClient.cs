using System.Net.Sockets;
using System.Text;

namespace Monolith.SlowClients;

/// <summary>Writes a body at 300 bytes a second, or reads an answer at 1 KB a second, until it is told to stop.</summary>
internal sealed class SlowClient
{
    private readonly Uri _server;
    private readonly string _head;
    private readonly bool _writes;

    private SlowClient(Uri server, string request, string? token, string headers, bool writes)
    {
        var session = token is null ? "" : $"Coder-Session-Token: {token}\r\n";
        _server = server;
        _head = $"{request} HTTP/1.1\r\nHost: {server.Authority}\r\n{session}{headers}\r\n{(writes ? "{" : "")}";
        _writes = writes;
    }

    /// <summary>It has sent what makes the server begin.</summary>
    public bool IsUnderWay { get; private set; }

    /// <summary>The server has ended it, or it was told to stop.</summary>
    public bool HasEnded { get; private set; }

    public static SlowClient Writer(Uri server, string request, string? token, string headers) => new(server, request, token, headers, true);

    public static SlowClient Reader(Uri server, string request, string? token) => new(server, request, token, "", false);

    public async Task RunAsync(CancellationToken end)
    {
        try
        {
            using var tcp = new TcpClient { NoDelay = true, ReceiveBufferSize = 2048 };
            await tcp.ConnectAsync(_server.Host, _server.Port, end);
            var stream = tcp.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(_head), end);
            var bytes = new byte[_writes ? 300 : 1024];
            Array.Fill(bytes, (byte)' ');
            for (IsUnderWay = _writes; ; IsUnderWay = true)
            {
                if (_writes)
                    await stream.WriteAsync(bytes, end);
                else if (await stream.ReadAsync(bytes, end) == 0)
                    return;
                await Task.Delay(TimeSpan.FromSeconds(1), end);
            }
        }
        catch (Exception exception) when (exception is IOException or SocketException or OperationCanceledException)
        {
            // The server had enough, or the round is over.
        }
        finally
        {
            HasEnded = true;
        }
    }
}
