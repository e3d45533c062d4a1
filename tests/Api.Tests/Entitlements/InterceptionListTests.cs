using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Entitlements specification 5.1 and contract section 6: <c>GET /aibridge/interceptions</c>.</summary>
public sealed class InterceptionListTests(InterceptionListTests.Usage usage) : IClassFixture<InterceptionListTests.Usage>
{
    private const string Path = "/aibridge/interceptions";

    private Scenario Scenario => usage.Scenario;

    [Fact]
    public async Task Ended_ones_are_listed_newest_first_with_every_field()
    {
        var page = await Scenario.Owner.GetAsync(Path);
        Assert.Equal(usage.Newest, Ids(page));
        Assert.Equal(usage.Newest.Count, page["count"]!.GetValue<int>());
        var one = page["results"]![0]!.AsObject();
        Assert.Equal(
            ["id", "api_key_id", "initiator", "provider", "model", "client", "metadata", "started_at", "ended_at", "token_usages", "user_prompts", "tool_usages"],
            one.Select(member => member.Key));
        Assert.Equal(["id", "username", "name", "avatar_url"], one["initiator"]!.AsObject().Select(member => member.Key));
        Assert.Equal("lister", one["initiator"]!["username"]!.GetValue<string>());
        Assert.Equal("{\"n\":9}", one["metadata"]!.ToJsonString());
    }

    [Fact]
    public async Task Pages_follow_a_cursor_or_an_offset()
    {
        var cursor = usage.Newest[3];
        var after = await Scenario.Owner.GetAsync($"{Path}?limit=4&after_id={cursor}");
        Assert.Equal(usage.Newest.Skip(4).Take(4), Ids(after));
        Assert.Equal(usage.Newest.Count, after["count"]!.GetValue<int>());
        Assert.Equal(usage.Newest.Skip(2).Take(3), Ids(await Scenario.Owner.GetAsync($"{Path}?limit=3&offset=2")));
        Assert.Equal((0, usage.Newest.Count), Counts(await Scenario.Owner.GetAsync($"{Path}?offset=5000")));
    }

    [Theory]
    [InlineData("limit=0", "limit")]
    [InlineData("limit=1001", "limit")]
    [InlineData("limit=x", "limit")]
    [InlineData("offset=-1", "offset")]
    [InlineData("after_id=x", "after_id")]
    [InlineData("after_id=0195a000-0000-7000-8000-000000000000", "after_id")]
    [InlineData("after_id=0195a000-0000-7000-8000-000000000000&offset=1", "after_id")]
    [InlineData("q=word", "q")]
    [InlineData("q=color:red", "color")]
    [InlineData("q=started_after:soon", "started_after")]
    [InlineData("q=initiator:nobody-there", "initiator")]
    public async Task A_bad_parameter_is_named(string query, string field)
    {
        var answer = await Scenario.Owner.GetAsync($"{Path}?{query}");
        Assert.Equal((400, field), (answer.Code, Assert.Single(answer["validations"]!.AsArray())!["field"]!.GetValue<string>()));
    }

    [Fact]
    public async Task A_running_interception_is_no_cursor() =>
        Assert.Equal(400, (await Scenario.Owner.GetAsync($"{Path}?after_id={usage.Running}")).Code);

    [Theory]
    [InlineData("initiator:lister", 10)]
    [InlineData("initiator:LISTER", 10)]
    [InlineData("initiator:me", 2)]
    [InlineData("initiator:0195a000-0000-7000-8000-000000000000", 0)]
    [InlineData("provider:openai", 5)]
    [InlineData("model:even", 5)]
    [InlineData("provider:openai model:even", 0)]
    [InlineData("client:zed", 2)]
    [InlineData("started_after:\"2026-03-01T03:00:00Z\" started_before:\"2026-03-01T05:00:00Z\"", 3)]
    public async Task Filters_combine_and_count(string q, int expected) =>
        Assert.Equal((expected, expected), Counts(await Scenario.Owner.GetAsync($"{Path}?q={Uri.EscapeDataString(q)}")));

    [Fact]
    public async Task Without_read_permission_the_list_is_empty_and_the_cursor_unknown()
    {
        Assert.Equal((0, 0), Counts(await usage.Member.GetAsync(Path)));
        Assert.Equal((0, 0), Counts(await usage.Member.GetAsync($"{Path}?q=initiator:me")));
        Assert.Equal(400, (await usage.Member.GetAsync($"{Path}?after_id={usage.Newest[0]}")).Code);
        Assert.Equal(400, (await usage.Member.GetAsync($"{Path}?q=initiator:owner")).Code);
        var (_, auditor) = await Scenario.AddAsync("reads-all", "auditor");
        Assert.Equal(usage.Newest.Count, (await auditor.GetAsync(Path))["count"]!.GetValue<int>());
    }

    [Fact]
    public async Task The_session_is_asked_for_before_the_feature()
    {
        await using var strict = await Scenario.StartAsync(("Entitlements:CommunityFeatures", ""));
        Assert.Equal(401, (await strict.Anonymous().GetAsync(Path)).Code);
        var refused = await strict.Owner.GetAsync($"{Path}?limit=0");
        Assert.Equal(403, refused.Code);
        Assert.Contains("AI Gateway", refused["message"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private static List<Guid> Ids(ApiAnswer page) => [.. page["results"]!.AsArray().Select(row => row!["id"]!.GetValue<Guid>())];

    private static (int Rows, int Count) Counts(ApiAnswer page) => (page["results"]!.AsArray().Count, page["count"]!.GetValue<int>());

    /// <summary>Ten ended interceptions of a member, two of the owner, one that still runs.</summary>
    public sealed class Usage : IAsyncLifetime
    {
        public Scenario Scenario { get; private set; } = null!;

        public ApiClient Member { get; private set; } = null!;

        public IReadOnlyList<Guid> Newest { get; private set; } = [];

        public Guid Running { get; } = Guid.CreateVersion7();

        public async Task InitializeAsync()
        {
            Scenario = await Scenario.StartAsync();
            (var member, Member) = await Scenario.AddAsync("lister");
            var start = new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);
            var events = Enumerable.Range(0, 10)
                .Select(n => Event(Guid.CreateVersion7(), member, start.AddHours(n), start.AddHours(n + 1), n % 2 == 0 ? "anthropic" : "openai", n % 2 == 0 ? "even" : "odd", null, n))
                .ToList();
            events.AddRange(Enumerable.Range(0, 2).Select(n => Event(Guid.CreateVersion7(), Scenario.OwnerId, start.AddDays(-1), start, "google", "gemini", "zed", n)));
            var running = Event(Running, member, start.AddDays(1), null, "openai", "odd", null, 0);
            SeatProbe.AssertCounts(await SeatProbe.InterceptAsync(Scenario.Owner, [.. events.Append(running).Select(one => one.Body)]), 13, 0);
            Newest = [.. events.OrderByDescending(one => one.Start).ThenByDescending(one => one.Id.ToString("D"), StringComparer.Ordinal).Select(one => one.Id)];
        }

        public async Task DisposeAsync() => await Scenario.DisposeAsync();

        private static (Guid Id, DateTimeOffset Start, object Body) Event(
            Guid id, Guid initiator, DateTimeOffset start, DateTimeOffset? end, string provider, string model, string? client, int n) =>
            (id, start, new { id, initiator_id = initiator, provider, model, client, started_at = start, ended_at = end, metadata = new { n } });
    }
}
