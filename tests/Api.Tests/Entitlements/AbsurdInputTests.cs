using System.Text;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Absurd values for every parameter of the routes of licenses, seats, usage and roles: an answer, and never a 500.</summary>
public sealed class AbsurdInputTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private static readonly string[] Values =
    [
        "-1", "2147483648", "-9223372036854775809", "99999999999999999999999999", "1e400", "NaN", "\uD83D\uDE00", "%", "_", "\\", "\"", "'", ":", "*:*", "x\u202ey", "\uFFFD", new('x', 3000),
        "0001-01-01", "9999-12-31", "0000-00-00", "-0001-01-01", "+10000-01-01", "infinity", "-infinity", "0001-01-01T00:00:00Z", "9999-12-31T23:59:59.9999999Z",
        "9999-12-31T23:59:59.9999999-14:00", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff", "true", "null", "[]", "{}",
    ];

    private static readonly string[] Bodies =
    [
        "", "null", "[]", "7", "\"\\ud800\"", "{\"\\ud800\":1}", "{\"\\ud800\":{\"\\udc00\":[]}}", "{\"license\":\"\\ud800\"}", "{\"license\":7}", "{\"license\":\"a.b.c\"}", "{\"license\":\"..\"}", "{\"license\":\"e30.e30.\"}",
        "{\"name\":\"\\ud800\"}", "{\"name\":\"a\",\"display_name\":\"\\ud800\"}", "{\"name\":\"a\",\"organization_permissions\":[{\"resource_type\":\"\\ud800\",\"action\":\"\\ud800\"}]}",
        "{\"name\":\"a\",\"organization_permissions\":[null,{},{\"negate\":null}]}", "{\"name\":\"a\",\"organization_permissions\":{\"\\ud800\":1}}",
        "{\"checks\":null}", "{\"checks\":{\"\\ud800\":{}}}", "{\"checks\":{\"a\":null}}", "{\"checks\":{\"a\":{\"object\":{\"resource_type\":\"\\ud800\"},\"action\":\"\\ud800\"}}}",
        "{\"checks\":{\"a\":{\"object\":{\"resource_type\":\"user\",\"resource_id\":\"\\udfff\"}}}}", "{\"checks\":{\"a\\u0000\":{\"object\":{\"resource_type\":\"user\"}}}}",
        "{\"checks\":{\"a\":{\"object\":{\"resource_type\":\"user\",\"\\ud800\":1}}}}",
        "{\"interceptions\":[{\"\\ud800\":1}]}", "{\"builds\":[{\"\\ud800\":1}]}", "{\"interceptions\":[[[[[[]]]]]],\"builds\":[1e400]}", new string('[', 100) + new string(']', 100),
    ];

    private Scenario Scenario => fixture.Scenario;

    [Theory]
    [InlineData("/aibridge/interceptions?q={}")]
    [InlineData("/aibridge/interceptions?q=started_after:\"{}\" started_before:\"{}\"")]
    [InlineData("/aibridge/interceptions?q=provider:\"{}\" model:\"{}\" client:\"{}\" initiator:\"{}\"")]
    [InlineData("/aibridge/interceptions?limit={}&offset={}&after_id={}")]
    [InlineData("/aibridge/interceptions?after_id={}")]
    [InlineData("/ai-seats?q={}")]
    [InlineData("/ai-seats?q=last_seen_after:\"{}\" created_before:\"{}\"")]
    [InlineData("/ai-seats?limit={}&offset={}")]
    [InlineData("/ai-seats?after_id={}")]
    [InlineData("/ai-seats?sort={}&dir={}")]
    [InlineData("/ai-seats/history?interval={}")]
    [InlineData("/ai-seats/history?from={}")]
    [InlineData("/ai-seats/history?to={}")]
    [InlineData("/ai-seats/history?from={}&to={}")]
    [InlineData("/users/{}/ai-seat")]
    [InlineData("/authcheck/explain?resource_type={}&action={}&organization_id={}&owner_id={}&resource_id={}&any_org={}&user={}")]
    [InlineData("/authcheck/explain?resource_type=workspace&action=read&user={}")]
    [InlineData("/organizations/{}/members/roles")]
    public async Task Parameters(string path)
    {
        foreach (var value in Values)
            Check(await Scenario.Owner.GetAsync(Escape(path, value)), $"{path} with {value[..Math.Min(40, value.Length)]}");
    }

    [Theory]
    [InlineData("DELETE", "/licenses/{}")]
    [InlineData("DELETE", "/organizations/default/members/roles/{}")]
    [InlineData("DELETE", "/organizations/{}/members/roles/x")]
    public async Task Names_of_what_goes(string method, string path)
    {
        foreach (var value in Values)
            Check(await Scenario.Owner.SendAsync(HttpMethod.Parse(method), Escape(path, value)), $"{path} with {value[..Math.Min(40, value.Length)]}");
    }

    [Theory]
    [InlineData("POST", "/licenses")]
    [InlineData("POST", "/authcheck")]
    [InlineData("POST", "/organizations/default/members/roles")]
    [InlineData("PUT", "/organizations/default/members/roles")]
    [InlineData("POST", "/ai-usage/interceptions")]
    [InlineData("POST", "/ai-usage/workspace-builds")]
    public async Task Bodies_of_any_kind(string method, string path)
    {
        foreach (var body in Bodies)
        {
            Check(await Scenario.Owner.SendAsync(HttpMethod.Parse(method), path, body), $"{path} with {body[..Math.Min(80, body.Length)]}");
            Check(await Scenario.Anonymous().SendAsync(HttpMethod.Parse(method), path, body), $"{path} anonymous with {body[..Math.Min(80, body.Length)]}");
        }
    }

    [Fact]
    public async Task An_authcheck_has_bounds()
    {
        Assert.Equal(200, (await AskAsync(1000, "k")).Code);
        Assert.Equal((400, "checks"), Complaint(await AskAsync(1001, "k")));
        Assert.Equal((400, "checks"), Complaint(await AskAsync(1, new string('k', 300))));
    }

    private Task<ApiAnswer> AskAsync(int number, string key) => Scenario.Owner.PostAsync("/authcheck", new
    {
        checks = Enumerable.Range(0, number).ToDictionary(n => $"{key}{n}", _ => new { @object = new { resource_type = "user" }, action = "read" }),
    });

    private static (int Code, string? Field) Complaint(ApiAnswer answer) => (answer.Code, answer["validations"]?[0]?["field"]?.GetValue<string>());

    private static void Check(ApiAnswer answer, string what) => Assert.True(answer.Code < 500, $"{what}: {answer.Code} {answer.Text}");

    // The text of the pattern is meant as it is; only its holes and blanks are encoded.
    private static string Escape(string path, string value) =>
        new StringBuilder(path).Replace(" ", "%20").Replace("\"", "%22").Replace("{}", Uri.EscapeDataString(value)).ToString();
}
