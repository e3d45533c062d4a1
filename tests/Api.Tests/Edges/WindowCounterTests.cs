using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Http.Limits;

namespace Monolith.Api.Tests.Edges;

/// <summary>The counters below the rate limits: what they allow, and that their memory ends.</summary>
public sealed class WindowCounterTests
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);
    private readonly FakeTimeProvider _clock = new();

    [Fact]
    public void A_window_begins_with_the_first_request_and_ends_after_its_time()
    {
        var counters = new WindowCounters(2, Minute, _clock);
        Assert.Equal((1, false), Take(counters, 1));
        _clock.Advance(TimeSpan.FromSeconds(40));
        Assert.Equal((0, false), Take(counters, 1));
        var refused = counters.Take(1);
        Assert.Equal((true, TimeSpan.FromSeconds(20)), (refused.IsExceeded, refused.Reset));
        Assert.Equal((1, false), Take(counters, 2));
        _clock.Advance(TimeSpan.FromSeconds(20));
        Assert.Equal((1, false), Take(counters, 1));

        // The other key began later; the table has turned once since.
        Assert.Equal((0, false), Take(counters, 2));
        Assert.True(counters.Take(2).IsExceeded);
    }

    [Fact]
    public void A_look_counts_nothing()
    {
        var counters = new WindowCounters(1, Minute, _clock);
        for (var i = 0; i < 3; i++)
            Assert.Equal((1, false), (counters.Look(1).Remaining, counters.Look(1).IsExceeded));
        counters.Take(1);
        Assert.True(counters.Look(1).IsExceeded);
    }

    [Fact]
    public void A_full_table_is_bounded_and_still_counts_whoever_comes_new()
    {
        const int Capacity = 100;
        var counters = new WindowCounters(1, Minute, _clock, Capacity);
        var allowed = 0;
        for (var i = 0; i < 100_000; i++)
            allowed += counters.Take(LimitKey.Of($"address {i}")).IsExceeded ? 0 : 1;
        Assert.InRange(counters.Size, Capacity, Capacity + WindowCounters.SharedCounters);
        Assert.InRange(allowed, Capacity, Capacity + WindowCounters.SharedCounters);
        _clock.Advance(Minute);
        Assert.False(counters.Take(LimitKey.Of("somebody new")).IsExceeded);
        _clock.Advance(Minute);
        counters.Take(LimitKey.Of("somebody else"));
        Assert.InRange(counters.Size, 1, 2);
    }

    [Fact]
    public void A_million_paths_of_one_caller_take_a_few_counters()
    {
        var limits = Limits();
        var user = Guid.CreateVersion7();
        for (var i = 0; i < 1_000_000; i++)
            limits.OfCaller(user, $"/api/v2/users/{i}");
        Assert.InRange(limits.Size, 1, RequestLimits.PathsOfACaller);
    }

    [Fact]
    public void Paths_are_compared_without_letter_case_and_callers_are_apart()
    {
        var limits = Limits(("RateLimits:ApiPerMinute", "1"));
        var user = Guid.CreateVersion7();
        Assert.False(limits.OfCaller(user, "/api/v2/users")!.Value.IsExceeded);
        Assert.True(limits.OfCaller(user, "/API/v2/Users/")!.Value.IsExceeded);
        Assert.False(limits.OfCaller(Guid.CreateVersion7(), "/api/v2/users")!.Value.IsExceeded);
    }

    [Theory]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", true)]
    [InlineData("2001:db8:1:2::1", "2001:db8:1:3::1", false)]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    public void One_network_has_one_window(string first, string second, bool areOne)
    {
        var limits = Limits(("RateLimits:ApiPerMinute", "1"));
        Assert.False(limits.OfAddress(IPAddress.Parse(first))!.Value.IsExceeded);
        Assert.Equal(areOne, limits.OfAddress(IPAddress.Parse(second))!.Value.IsExceeded);
    }

    [Fact]
    public void Zero_switches_a_limit_off()
    {
        var limits = Limits(("RateLimits:ApiPerMinute", "0"), ("RateLimits:LoginPerMinute", "-1"));
        Assert.Null(limits.OfAddress(IPAddress.Loopback));
        Assert.Null(limits.OfCaller(Guid.CreateVersion7(), "/"));
        Assert.Null(limits.TryPassword(IPAddress.Loopback));
        Assert.Null(limits.Count("email a@example.com"));
        Assert.Null(limits.BeforeLookUp(IPAddress.Loopback, "token"));
        Assert.Equal(0, limits.Size);
    }

    [Fact]
    public void An_address_without_guesses_left_still_sends_tokens_that_were_good()
    {
        var limits = Limits(("RateLimits:ApiPerMinute", "1"));
        limits.Remember("good");
        limits.OfAddress(IPAddress.Loopback);
        Assert.NotNull(limits.BeforeLookUp(IPAddress.Loopback, "guess"));
        Assert.Null(limits.BeforeLookUp(IPAddress.Loopback, "good"));
        _clock.Advance(TimeSpan.FromMinutes(30));
        limits.OfAddress(IPAddress.Loopback);
        Assert.NotNull(limits.BeforeLookUp(IPAddress.Loopback, "good"));
    }

    private static (int Remaining, bool IsExceeded) Take(WindowCounters counters, int key)
    {
        var state = counters.Take((UInt128)key);
        return (state.Remaining, state.IsExceeded);
    }

    private RequestLimits Limits(params (string Key, string Value)[] settings) => new(
        LimitSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build()),
        _clock,
        new HttpContextAccessor());
}
