using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Each_user_has_a_window_of_their_own_and_a_refusal_says_when_to_come_back()
    {
        await using var s = await Scenario.StartAsync(("RateLimits:ApiPerMinute", "5"), ("RateLimits:LoginPerMinute", "0"));
        var answers = new List<ApiAnswer>();
        for (var i = 0; i < 6; i++)
            answers.Add(await s.Owner.GetAsync("/users/me"));
        Assert.Equal([200, 200, 200, 200, 200, 429], answers.Select(answer => answer.Code));
        var wait = answers[^1].Headers.RetryAfter!.Delta!.Value;
        Assert.InRange(wait.TotalSeconds, 1, 60);
        Assert.NotNull(answers[^1]["message"]);
        Assert.Equal(200, (await s.Anonymous().GetAsync("/users/first")).Code);
    }
}
