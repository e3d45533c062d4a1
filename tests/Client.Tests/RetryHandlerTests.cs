using System.Net;
using System.Net.Http.Headers;

namespace Monolith.Client.Tests;

/// <summary>Which requests are sent again, and when.</summary>
public sealed class RetryHandlerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly ImpatientClock _clock = new();
    private readonly List<IDisposable> _owned = [];

    [Theory]
    [InlineData(HttpStatusCode.TooManyRequests)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    public async Task It_waits_for_as_many_seconds_as_the_server_says(HttpStatusCode status)
    {
        var answers = new Answers(Answers.Busy(status, new RetryConditionHeaderValue(TimeSpan.FromSeconds(7))), Answers.Json("{}"));
        Assert.Equal(HttpStatusCode.OK, (await Http(answers).GetAsync("/x")).StatusCode);
        Assert.Equal(["GET /x", "GET /x"], answers.Asked);
        Assert.Equal([TimeSpan.FromSeconds(7)], _clock.Waits);
    }

    [Fact]
    public async Task It_waits_until_the_date_that_the_server_names()
    {
        var answers = new Answers(Answers.Busy(HttpStatusCode.ServiceUnavailable, new RetryConditionHeaderValue(Now.AddSeconds(30))), Answers.Json("{}"));
        Assert.Equal(HttpStatusCode.OK, (await Http(answers).GetAsync("/x")).StatusCode);
        Assert.Equal([TimeSpan.FromSeconds(30)], _clock.Waits);
    }

    [Fact]
    public async Task Without_a_word_of_the_server_the_waits_double_and_end()
    {
        var answers = new Answers([.. Enumerable.Range(0, 4).Select(_ => Answers.Busy(HttpStatusCode.ServiceUnavailable))]);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Http(answers).GetAsync("/x")).StatusCode);
        Assert.Equal([TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(4)], _clock.Waits);
    }

    [Fact]
    public async Task A_wait_beyond_the_bound_is_not_begun()
    {
        var answers = new Answers(Answers.Busy(HttpStatusCode.TooManyRequests, new RetryConditionHeaderValue(TimeSpan.FromSeconds(61))));
        Assert.Equal(HttpStatusCode.TooManyRequests, (await Http(answers).GetAsync("/x")).StatusCode);
        Assert.Empty(_clock.Waits);
    }

    [Theory]
    [InlineData("POST")]
    [InlineData("PATCH")]
    public async Task What_may_have_been_carried_out_is_not_sent_again(string method)
    {
        var answers = new Answers(Answers.Busy(HttpStatusCode.ServiceUnavailable, new RetryConditionHeaderValue(TimeSpan.Zero)));
        using var request = new HttpRequestMessage(new HttpMethod(method), "/x");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Http(answers).SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.Conflict)]
    public async Task Another_refusal_is_the_answer(HttpStatusCode status) =>
        Assert.Equal(status, (await Http(new Answers(Answers.Busy(status))).GetAsync("/x")).StatusCode);

    [Fact]
    public async Task The_body_goes_out_again()
    {
        var answers = new Answers(Answers.Busy(HttpStatusCode.ServiceUnavailable, new RetryConditionHeaderValue(TimeSpan.Zero)), new HttpResponseMessage(HttpStatusCode.NoContent));
        using var client = new MonolithClient(Http(answers));
        await client.UpdateUserPasswordAsync("me", new ChangePasswordRequest { Password = "new" });
        Assert.Equal(Enumerable.Repeat("""PUT /api/v2/users/me/password {"password":"new"}""", 2), answers.Asked);
    }

    public void Dispose() => _owned.ForEach(one => one.Dispose());

    private HttpClient Http(Answers answers)
    {
        var http = new HttpClient(new RetryHandler(new RetryOptions { Clock = _clock }) { InnerHandler = answers }) { BaseAddress = new Uri("http://monolith.test/") };
        _owned.Add(http);
        return http;
    }

    /// <summary>Keeps how long it was told to wait, and does not wait.</summary>
    private sealed class ImpatientClock : TimeProvider
    {
        public List<TimeSpan> Waits { get; } = [];

        public override DateTimeOffset GetUtcNow() => Now;

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Waits.Add(dueTime);
            return System.CreateTimer(callback, state, TimeSpan.Zero, period);
        }
    }
}
