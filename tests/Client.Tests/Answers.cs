using System.Net;
using System.Net.Http.Headers;

namespace Monolith.Client.Tests;

/// <summary>Stands in for a deployment: answers what it was given, in turn, and keeps what was asked.</summary>
internal sealed class Answers(params HttpResponseMessage[] answers) : HttpMessageHandler
{
    private readonly Queue<HttpResponseMessage> _left = new(answers);

    public List<string> Asked { get; } = [];

    public static HttpResponseMessage Busy(HttpStatusCode status, RetryConditionHeaderValue? retryAfter = null)
    {
        var answer = new HttpResponseMessage(status) { Content = new StringContent("""{"message":"Wait."}""") };
        answer.Headers.RetryAfter = retryAfter;
        return answer;
    }

    public static HttpResponseMessage Json(string body, string? link = null)
    {
        var answer = new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body, null, "application/json") };
        if (link is not null)
            answer.Headers.Add("Link", link);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : " " + await request.Content.ReadAsStringAsync(cancellationToken);
        Asked.Add($"{request.Method} {request.RequestUri!.PathAndQuery}{body}");
        var answer = _left.Dequeue();
        answer.RequestMessage = request;
        return answer;
    }
}
