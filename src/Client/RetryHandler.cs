using System.Net;

namespace Monolith.Client;

/// <summary>
/// Sends a request again when the deployment answers 429 or 503: after as long as <c>Retry-After</c> says, in seconds or as a date.
/// Only methods that may be repeated without harm are (GET, HEAD, OPTIONS, PUT, DELETE): a POST that was cut off may have been carried out.
/// </summary>
/// <param name="options">How often and how long.</param>
public sealed class RetryHandler(RetryOptions options) : DelegatingHandler
{
    private static readonly HttpMethod[] Repeatable = [HttpMethod.Get, HttpMethod.Head, HttpMethod.Options, HttpMethod.Put, HttpMethod.Delete];

    /// <inheritdoc />
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        for (var retries = 0; ; retries++)
        {
            var response = await base.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (retries >= options.MaxRetries || response.StatusCode is not (HttpStatusCode.TooManyRequests or HttpStatusCode.ServiceUnavailable) || !Repeatable.Contains(request.Method))
                return response;
            var wait = Wait(response, retries);
            if (wait > options.LongestWait)
                return response;
            response.Dispose();
            await Task.Delay(wait, options.Clock, cancellationToken).ConfigureAwait(false);
        }
    }

    private TimeSpan Wait(HttpResponseMessage response, int retries)
    {
        var asked = response.Headers.RetryAfter;
        var wait = asked?.Delta ?? asked?.Date - options.Clock.GetUtcNow() ?? options.FirstWait * Math.Pow(2, retries);
        return wait < TimeSpan.Zero ? TimeSpan.Zero : wait;
    }
}
