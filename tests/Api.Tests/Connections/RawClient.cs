using System.Net.Sockets;
using System.Text;

namespace Monolith.Api.Tests.Connections;

/// <summary>A client that says and reads only what the test wants, when it wants it.</summary>
internal sealed class RawClient : IAsyncDisposable
{
    private readonly TcpClient _tcp = new() { NoDelay = true, ReceiveBufferSize = 4096 };
    private readonly StringBuilder _received = new();
    private readonly byte[] _buffer = new byte[4096];
    private bool _isRefused;

    /// <summary>What was read so far.</summary>
    public string Received => _received.ToString();

    /// <summary>Connects and sends a request's head, with <paramref name="body"/> as the beginning of its body. A server that closes at once may do so before either has ended: nothing comes then.</summary>
    public static async Task<RawClient> SendAsync(Uri server, string requestLine, string? token, string headers = "", string body = "")
    {
        var client = new RawClient();
        var session = token is null ? "" : $"Coder-Session-Token: {token}\r\n";
        try
        {
            await client._tcp.ConnectAsync(server.Host, server.Port);
            await client.WriteAsync($"{requestLine} HTTP/1.1\r\nHost: {server.Authority}\r\n{session}{headers}\r\n{body}");
        }
        catch (Exception failure) when ((failure as SocketException ?? failure.InnerException) is SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown })
        {
            client._isRefused = true;
        }

        return client;
    }

    /// <summary>More of the body.</summary>
    public async Task WriteAsync(string text) => await _tcp.GetStream().WriteAsync(Encoding.UTF8.GetBytes(text));

    /// <summary>One chunk of a chunked body.</summary>
    public Task ChunkAsync(string text) => WriteAsync($"{Encoding.UTF8.GetByteCount(text):x}\r\n{text}\r\n");

    /// <summary>Reads until <paramref name="text"/> has come; fails when the server closes or resets before.</summary>
    public async Task WaitForAsync(string text)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Received.Contains(text, StringComparison.Ordinal))
        {
            var read = await ReadAsync(limit.Token);
            if (read == 0)
                throw new IOException($"The server closed, or said no more, after: {Received}");
            _received.Append(Encoding.UTF8.GetString(_buffer, 0, read));
        }
    }

    /// <summary>Reads to the end. True when the server ended it properly, false when it broke the connection.</summary>
    public async Task<bool> ReadToEndAsync()
    {
        if (_isRefused)
            return false;
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        try
        {
            while (await _tcp.GetStream().ReadAsync(_buffer, limit.Token) is > 0 and var read)
                _received.Append(Encoding.UTF8.GetString(_buffer, 0, read));
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    private async Task<int> ReadAsync(CancellationToken cancellationToken)
    {
        if (_isRefused)
            return 0;
        try
        {
            return await _tcp.GetStream().ReadAsync(_buffer, cancellationToken);
        }
        catch (OperationCanceledException)
        {
            return 0;
        }
    }

    public ValueTask DisposeAsync()
    {
        _tcp.Dispose();
        return ValueTask.CompletedTask;
    }
}
