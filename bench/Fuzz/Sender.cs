using System.Net.Sockets;
using System.Text;

namespace Monolith.Fuzz;

/// <summary>Sends ordinary requests over connections that are used again.</summary>
internal sealed class Sender(Uri url) : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    private static readonly UriCreationOptions AsWritten = new() { DangerousDisablePathAndQueryCanonicalization = true };

    private readonly HttpClient _http = new(new SocketsHttpHandler { UseCookies = false, AllowAutoRedirect = false }) { Timeout = Patience };

    public void Dispose() => _http.Dispose();

    public async Task<Outcome> SendAsync(FuzzRequest request)
    {
        if (!Uri.TryCreate(url.GetLeftPart(UriPartial.Authority) + request.Target, AsWritten, out var target))
            return await RawSender.SendAsync(url, request);
        using var message = new HttpRequestMessage(HttpMethod.Parse(request.Operation.Method), target);
        if (request.Person is not null)
            message.Headers.TryAddWithoutValidation("Coder-Session-Token", request.Person.Token);
        foreach (var (name, value) in request.Headers)
            message.Headers.TryAddWithoutValidation(name, value);
        if (request.Body is not null)
        {
            message.Content = new ByteArrayContent(request.Body);
            if (request.MediaType is not null)
                message.Content.Headers.TryAddWithoutValidation("Content-Type", request.MediaType);
        }

        try
        {
            using var answer = await _http.SendAsync(message);
            return new Outcome((int)answer.StatusCode, answer.Content.Headers.ContentType?.MediaType ?? "", await answer.Content.ReadAsStringAsync());
        }
        catch (TaskCanceledException)
        {
            return new Outcome(0, "", "", Hung: true);
        }
        catch (Exception failure) when (failure is HttpRequestException or IOException)
        {
            return new Outcome(0, "", "", Trouble: failure.Message);
        }
    }
}

/// <summary>Sends bytes as they are, each request over a connection of its own, and half-closed behind odd chunks: a body that is announced and does not come must not be waited for.</summary>
internal static class RawSender
{
    public static async Task<Outcome> SendAsync(Uri url, FuzzRequest request)
    {
        using var limit = new CancellationTokenSource(Sender.Patience);
        try
        {
            using var client = new TcpClient();
            await client.ConnectAsync(url.Host, url.Port, limit.Token);
            await using var stream = client.GetStream();
            await stream.WriteAsync(request.Bytes(url.Authority), limit.Token);
            if (request.Chunks is not null)
                client.Client.Shutdown(SocketShutdown.Send);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            return Read(await reader.ReadToEndAsync(limit.Token));
        }
        catch (OperationCanceledException)
        {
            return new Outcome(0, "", "", Hung: true);
        }
        catch (Exception failure) when (failure is SocketException or IOException)
        {
            return new Outcome(0, "", "", Trouble: failure.Message);
        }
    }

    private static Outcome Read(string text)
    {
        if (!text.StartsWith("HTTP/1.1 ", StringComparison.Ordinal) || text.Length < 12 || !int.TryParse(text.AsSpan(9, 3), out var status))
            return new Outcome(0, "", "", Trouble: text.Length == 0 ? "closed without an answer" : "no HTTP");
        var end = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var head = end < 0 ? text : text[..end];
        var type = head.Split("\r\n").FirstOrDefault(line => line.StartsWith("Content-Type:", StringComparison.OrdinalIgnoreCase))?[13..].Split(';')[0].Trim() ?? "";
        var body = end < 0 ? "" : text[(end + 4)..];
        return new Outcome(status, type, head.Contains("chunked", StringComparison.OrdinalIgnoreCase) ? Unchunk(body) : body);
    }

    // Good enough for short answers: lengths count bytes, and those of an error are ASCII.
    private static string Unchunk(string body)
    {
        var text = new StringBuilder();
        while (body.IndexOf("\r\n", StringComparison.Ordinal) is > 0 and var at && int.TryParse(body.AsSpan(0, at), System.Globalization.NumberStyles.HexNumber, null, out var size) && size > 0 && at + 2 + size <= body.Length)
        {
            text.Append(body, at + 2, size);
            body = body[Math.Min(body.Length, at + 4 + size)..];
        }

        return text.ToString();
    }
}
