using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;

namespace Monolith.Notifications.Sending;

/// <summary>A message for a receiver of webhooks.</summary>
internal sealed record Webhook(string Id, Uri Url, string Secret, byte[] Body);

/// <summary>Posts webhooks. Every connection is made anew to an address that the guard let pass; redirects and proxies, which lead elsewhere, are not followed. Singleton.</summary>
internal sealed class WebhookClient(TargetGuard guard, NotificationSettings settings, TimeProvider clock) : IDisposable
{
    private const int LongestHeadersInKilobytes = 16;

    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        UseProxy = false,
        UseCookies = false,
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.Zero,
        MaxResponseHeadersLength = LongestHeadersInKilobytes,
        MaxResponseDrainSize = 0,
        ConnectCallback = (context, cancellationToken) => ConnectAsync(guard, context.DnsEndPoint, cancellationToken),
    });

    public async Task<SendOutcome> SendAsync(Webhook hook, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var request = RequestOf(hook);
            using var response = await _http.SendAsync(request, both.Token);
            return (int)response.StatusCode switch
            {
                >= 200 and < 300 => SendOutcome.Sent,
                >= 300 and < 400 and var status => SendOutcome.Failed($"The receiver answered {status}. Redirects are not followed."),
                var status => SendOutcome.Failed($"The receiver answered {status}."),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.TookTooLong(settings.Timeout);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or SocketException or RefusedTargetException)
        {
            return SendOutcome.Failed((exception.InnerException as RefusedTargetException ?? exception).Message);
        }
    }

    public void Dispose() => _http.Dispose();

    private HttpRequestMessage RequestOf(Webhook hook)
    {
        var timestamp = clock.GetUtcNow().ToUnixTimeSeconds();
        var request = new HttpRequestMessage(HttpMethod.Post, hook.Url)
        {
            Content = new ByteArrayContent(hook.Body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") { CharSet = "utf-8" } } },
        };
        request.Headers.UserAgent.ParseAdd("Monolith");
        request.Headers.ConnectionClose = true;
        request.Headers.Add(WebhookSignature.IdHeader, hook.Id);
        request.Headers.Add(WebhookSignature.TimeHeader, timestamp.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add(WebhookSignature.SignatureHeader, WebhookSignature.Of(hook.Secret, hook.Id, timestamp, hook.Body));
        return request;
    }

    private static async ValueTask<Stream> ConnectAsync(TargetGuard guard, DnsEndPoint target, CancellationToken cancellationToken)
    {
        var addresses = await guard.ResolveAsync(target.Host, cancellationToken);
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, target.Port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
