using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Testing;

namespace Monolith.Api.Tests.Clients;

/// <summary>Numbers in names are the conformance cases of the clients specification, section 9; the limits are those that the server is shipped with.</summary>
public sealed class LimitCases : IAsyncLifetime
{
    private static readonly (string Name, string Value) Bypass = ("X-Coder-Bypass-Ratelimit", "true");
    private Scenario _s = null!;

    // Time stands still: everything happens within one minute, however slow the machine is.
    public async Task InitializeAsync() => _s = await Scenario.StartWithAsync(
        services => services.AddSingleton<TimeProvider>(new FakeTimeProvider(TimeProvider.System.GetUtcNow())), ("RateLimits:ApiPerMinute", "512"), ("RateLimits:LoginPerMinute", "60"));

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Fact]
    public async Task Cases_18_and_19_a_path_has_512_a_minute_and_owners_may_go_without()
    {
        var (_, member) = await _s.AddAsync("limited");
        Assert.DoesNotContain(429, await CodesAsync(600, i => member.GetAsync($"/users/nobody-{i}")));

        // Somebody else, since the paths of a caller share 256 counters.
        var (_, another) = await _s.AddAsync("limited-too");
        var answers = await AllAsync(600, _ => another.GetAsync("/organizations/default"));
        Assert.Equal((512, 88), (answers.Count(answer => answer.Code == 200), answers.Count(answer => answer.Code == 429)));
        Assert.All(answers.Where(answer => answer.Code == 429), answer =>
        {
            Assert.NotEmpty(answer["message"]!.GetValue<string>());
            Assert.NotNull(answer.Headers.RetryAfter);
        });

        Assert.All(await CodesAsync(600, _ => _s.Owner.SendAsync(HttpMethod.Get, "/organizations/default", null, Bypass)), code => Assert.Equal(200, code));
        Assert.Equal(403, (await member.SendAsync(HttpMethod.Get, "/users/me", null, Bypass)).Code);
    }

    [Fact]
    public async Task Case_20_without_a_session_an_address_has_one_limit_for_all_paths()
    {
        var anonymous = _s.Anonymous();
        var codes = await CodesAsync(600, i => anonymous.GetAsync($"/users/nobody-{i}"));
        Assert.Contains(429, codes);
        Assert.InRange(codes.Count(code => code == 401), 500, 512);
    }

    private static async Task<IReadOnlyList<int>> CodesAsync(int count, Func<int, Task<ApiAnswer>> send) => [.. (await AllAsync(count, send)).Select(answer => answer.Code)];

    private static async Task<IReadOnlyList<ApiAnswer>> AllAsync(int count, Func<int, Task<ApiAnswer>> send)
    {
        var answers = new ApiAnswer[count];
        await Parallel.ForAsync(0, count, new ParallelOptions { MaxDegreeOfParallelism = 10 }, async (i, _) => answers[i] = await send(i));
        return answers;
    }
}
