using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Events that try to break the reader: each is rejected alone with its field, in one body and in lines.</summary>
public sealed class HostileEventTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private const string Good = """{"id":"ID","initiator_id":"USER","provider":"p","model":"m","started_at":"2026-01-01T00:00:00Z","ended_at":"2026-01-01T00:00:01Z"REST}""";

    private Scenario Scenario => fixture.Scenario;

    public static TheoryData<string, string?> Rows => new()
    {
        // What is no event, or has no readable id.
        { "7", "-" },
        { "null", "-" },
        { "\"text\"", "-" },
        { "[]", "-" },
        { "{}", "-id" },
        { """{"\ud800":1,"id":"x"}""", "-id" },
        { """{"id":"\udc00"}""", "-id" },
        { """{"id":{"id":1}}""", "-id" },

        // Names that nobody knows are left out, readable or not.
        { With(""","\ud800":1"""), null },
        { With(""","\udfff\u0000":{"\ud800":[]}"""), null },
        { With(""","started_at":"2026-01-01T00:00:00.123456789123456789+02:00" """), null },
        { With(""","metadata":{"n":1e999999,"m":-1e-999999}"""), null },
        { With($",\"metadata\":{Nested(32)}"), null },

        { With(""","metadata":{"\ud800":1}"""), "metadata" },
        { With(""","metadata":{"a":[{"b":"\ud800"}]}"""), "metadata" },
        { With(""","metadata":{"a\u0000":1}"""), "metadata" },
        { With($",\"metadata\":{Nested(33)}"), "metadata" },
        { With($",\"metadata\":{Nested(58)}"), "metadata" },
        { With(""","provider":"\ud800" """), "provider" },
        { With(""","provider":"a\u001bb" """), "provider" },
        { With(""","model":"a\u202eb" """), "model" },
        { With($",\"model\":\"{new string('x', 257)}\""), "model" },
        { With(""","client":1e400"""), "client" },
        { With(""","started_at":"0001-01-01T00:00:00Z" """), "started_at" },
        { With(""","started_at":"0001-01-01T00:00:00+14:00" """), "started_at" },
        { With(""","started_at":"1999-12-31T23:59:59Z" """), "started_at" },
        { With(""","started_at":"9999-12-31T23:59:59.9999999Z" """), "started_at" },
        { With(""","started_at":"9999-12-31T23:59:59.9999999+14:00" """), "started_at" },
        { With(""","started_at":"9999-12-31T23:59:59.9999999-14:00" """), "started_at" },
        { With(""","started_at":"\ud800" """), "started_at" },
        { With(""","started_at":-62135596800"""), "started_at" },
        { With(""","ended_at":"9999-12-31T23:59:59.9999999-14:00" """), "ended_at" },
        { With(""","ended_at":"infinity" """), "ended_at" },
    };

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task It_costs_nothing_but_itself(string bad, string? fault)
    {
        var user = await UserAsync();
        var (before, hostile, after) = (Fill(Good, user), Fill(bad, user), Fill(Good, user));
        Check(await Scenario.Owner.PostAsync("/ai-usage/interceptions", $"{{\"interceptions\":[{before},{hostile},{after}]}}"), fault, bad);

        (before, hostile, after) = (Fill(Good, user), Fill(bad, user), Fill(Good, user));
        Check(await UsageFeed.SendTextAsync(Scenario, Scenario.Owner, $"{before}\n{hostile}\n{after}"), fault, bad);
        Assert.Equal(401, (await Scenario.Anonymous().PostAsync("/ai-usage/interceptions", $"{{\"interceptions\":[{hostile}]}}")).Code);

        // What was taken can be shown again.
        Assert.Equal(200, (await Scenario.Owner.GetAsync("/aibridge/interceptions?limit=1000")).Code);
    }

    [Fact]
    public async Task What_is_as_deep_as_JSON_goes_is_refused_before_any_list_fails_on_it()
    {
        var user = await UserAsync();
        var deep = Fill(With($",\"metadata\":{Nested(62)}"), user);
        var answer = await UsageFeed.SendTextAsync(Scenario, Scenario.Owner, deep);
        Assert.Equal((200, "metadata"), (answer.Code, answer["rejected"]![0]!["field"]!.GetValue<string>()));
        Assert.Equal(200, (await Scenario.Owner.GetAsync("/aibridge/interceptions?limit=1000")).Code);
    }

    [Fact]
    public async Task Metadata_has_a_size()
    {
        var user = await UserAsync();
        var answer = await Scenario.Owner.PostAsync("/ai-usage/interceptions", $"{{\"interceptions\":[{Fill(With($",\"metadata\":{{\"a\":\"{new string('x', 64 * 1024)}\"}}"), user)}]}}");
        Assert.Equal("metadata", Assert.Single(answer["rejected"]!.AsArray())!["field"]!.GetValue<string>());
    }

    [Theory]
    [InlineData("build_number", "1e400")]
    [InlineData("build_number", "99999999999999999999999")]
    [InlineData("build_number", "-1")]
    [InlineData("build_number", "1.5")]
    [InlineData("has_ai_task", "\"\\ud800\"")]
    [InlineData("transition", "\"\\ud800\"")]
    [InlineData("workspace_name", "\"a\\nb\"")]
    [InlineData("workspace_id", "\"\\ud800\"")]
    [InlineData("created_at", "\"0001-01-01T00:00:00Z\"")]
    [InlineData("created_at", "\"9999-12-31T23:59:59.9999999-14:00\"")]
    public async Task So_do_builds(string field, string json)
    {
        var build = JsonNode.Parse(System.Text.Json.JsonSerializer.Serialize(new Build(Scenario, await UserAsync()).Body()))!.AsObject();
        build[field] = null;
        var text = build.ToJsonString().Replace($"\"{field}\":null", $"\"{field}\":{json}", StringComparison.Ordinal);
        foreach (var answer in new[] { await Scenario.Owner.PostAsync("/ai-usage/workspace-builds", $"{{\"builds\":[{text}]}}"), await UsageFeed.SendTextAsync(Scenario, Scenario.Owner, text, kind: "workspace-builds") })
        {
            Assert.Equal(200, answer.Code);
            Assert.Equal(field, Assert.Single(answer["rejected"]!.AsArray())!["field"]!.GetValue<string>());
        }
    }

    private static void Check(ApiAnswer answer, string? fault, string bad)
    {
        Assert.Equal(200, answer.Code);
        if (fault is null)
        {
            SeatProbe.AssertCounts(answer, 3, 0);
            return;
        }

        SeatProbe.AssertCounts(answer, 2, 0, fault.TrimStart('-'));
        var rejected = answer["rejected"]![0]!.AsObject();
        Assert.Equal(1, rejected["index"]!.GetValue<int>());
        Assert.True(rejected.ContainsKey("id"), bad);
        Assert.Equal(fault[0] == '-', rejected["id"] is null);
    }

    private async Task<Guid> UserAsync() => await Scenario.CreateUserAsync($"h-{Guid.CreateVersion7():n}"[..32]);

    // The last member of a name counts.
    private static string With(string rest) => Good.Replace("REST", rest, StringComparison.Ordinal);

    private static string Fill(string text, Guid user) =>
        text.Replace("ID", Guid.CreateVersion7().ToString(), StringComparison.Ordinal).Replace("USER", user.ToString(), StringComparison.Ordinal).Replace("REST", "", StringComparison.Ordinal);

    private static string Nested(int levels) => string.Concat(Enumerable.Repeat("{\"a\":", levels - 1)) + "{}" + new string('}', levels - 1);
}
