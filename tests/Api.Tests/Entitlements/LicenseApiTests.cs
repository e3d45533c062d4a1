using System.Text.Json.Nodes;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

public sealed class LicenseApiTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task ALicenseIsUploadedListedAndDeleted()
    {
        var token = Licenses.Issue(Licenses.Seats(3));
        var uploaded = await Licenses.UploadAsync(Scenario.Owner, token);
        Assert.Equal(201, uploaded.Code);
        Assert.DoesNotContain(token, uploaded.Text, StringComparison.Ordinal);
        Assert.Equal("test-account", uploaded["claims"]!["account_id"]!.GetValue<string>());

        var listed = await Scenario.Owner.GetAsync("/licenses");
        Assert.Contains(listed.Json!.AsArray(), row => row!["uuid"]!.GetValue<Guid>() == uploaded["uuid"]!.GetValue<Guid>());
        Assert.DoesNotContain(token, listed.Text, StringComparison.Ordinal);

        var again = await Licenses.UploadAsync(Scenario.Owner, token);
        Assert.Equal(400, again.Code);

        var deleted = await Scenario.Owner.DeleteAsync($"/licenses/{uploaded["id"]}");
        Assert.Equal((200, ""), (deleted.Code, deleted.Text));
        Assert.Equal(404, (await Scenario.Owner.DeleteAsync($"/licenses/{uploaded["id"]}")).Code);
    }

    [Theory]
    [InlineData("2147483647")]
    [InlineData("abc")]
    [InlineData("1.5")]
    [InlineData("99999999999999999999")]
    public async Task AnUnknownLicenseIsNotFound(string id)
    {
        var answer = await Scenario.Owner.DeleteAsync($"/licenses/{id}");
        Assert.Equal(404, answer.Code);
        Assert.NotEmpty(answer["message"]!.GetValue<string>());
    }

    [Fact]
    public async Task OnlyOwnersTouchLicenses()
    {
        var (_, member) = await Scenario.AddAsync("license-member");
        Assert.Equal(403, (await Licenses.UploadAsync(member, Licenses.Issue(Licenses.Seats(1)))).Code);
        Assert.Contains((await member.DeleteAsync("/licenses/2147483647")).Code, new HashSet<int> { 403, 404 });
        Assert.Empty((await member.GetAsync("/licenses")).Json!.AsArray());
        Assert.Equal(401, (await Licenses.UploadAsync(Scenario.Anonymous(), "x")).Code);
    }

    public static TheoryData<string> BadKinds => ["none", "HS256", "eddsa", "key", "kid", "payload", "truncated", "expired", "text", "empty", "issued later", "other deployment"];

    [Fact]
    public async Task EachCauseHasItsOwnDetail()
    {
        var details = new List<string>();
        foreach (var kind in new[] { "none", "kid", "payload", "expired", "text", "issued later", "other deployment" })
            details.Add((await Licenses.UploadAsync(Scenario.Owner, Bad(kind, Licenses.Issue(Licenses.Seats(5)))))["detail"]!.GetValue<string>());
        Assert.Equal(details.Distinct(), details);
    }

    [Theory]
    [MemberData(nameof(BadKinds))]
    public async Task ABadLicenseIsRefusedWithoutEchoingIt(string kind)
    {
        var good = Licenses.Issue(Licenses.Seats(5));
        var bad = Bad(kind, good);
        var answer = await Licenses.UploadAsync(Scenario.Owner, bad);
        Assert.Equal(400, answer.Code);
        Assert.NotEmpty(answer["message"]!.GetValue<string>());
        if (kind != "empty")
        {
            Assert.NotEmpty(answer["detail"]!.GetValue<string>());
            Assert.DoesNotContain(bad, answer.Text, StringComparison.Ordinal);
        }

        Assert.Equal(0L, await Scenario.Server.SqlAsync($"select count(*) from entitlements.licenses where jwt = '{bad}'"));
    }

    [Fact]
    public async Task EverybodyReadsTheFeatures()
    {
        var answer = await Scenario.Anonymous().GetAsync("/entitlements");
        Assert.Equal(200, answer.Code);
        var features = answer["features"]!.AsObject();
        Assert.Equal(27, features.Count);
        Assert.Equal("entitled", features["custom_roles"]!["entitlement"]!.GetValue<string>());
        Assert.NotNull(features[FeatureNames.AiGovernanceUserLimit]);
    }

    [Fact]
    public async Task StrictModeRefusesCustomRoles()
    {
        await using var strict = await Scenario.StartAsync(("Entitlements:CommunityFeatures", ""));
        var answer = await strict.Owner.PostAsync($"/organizations/{strict.OrganizationId}/members/roles", new { name = "auditors" });
        Assert.Equal(403, answer.Code);
        Assert.Contains("Custom Roles is a Premium feature", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AnUploadOnOneReplicaActsOnTheOther()
    {
        await using var first = await Scenario.StartAsync();
        await using var second = await MonolithServer.StartOnAsync(first.Server.ConnectionString);
        using var other = new ApiClient(second.Address);
        var license = await Licenses.GrantAsync(first.Owner, 9);
        Assert.True(await BecomesAsync(other, limit => limit == 9));
        Assert.Equal(200, (await first.Owner.DeleteAsync($"/licenses/{license}")).Code);
        Assert.True(await BecomesAsync(other, limit => limit is null));
    }

    private static async Task<bool> BecomesAsync(ApiClient client, Func<long?, bool> expected)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(15));
        while (!deadline.IsCancellationRequested)
        {
            JsonNode? feature = (await client.GetAsync("/entitlements"))["features"]![FeatureNames.AiGovernanceUserLimit];
            if (expected(feature!["enabled"]!.GetValue<bool>() ? feature["limit"]?.GetValue<long>() : null))
                return true;
        }

        return false;
    }

    private static string Bad(string kind, string good) => kind switch
    {
        "none" or "HS256" or "eddsa" => Licenses.WithAlgorithm(good, kind),
        "key" => Licenses.ByAnotherKey(Licenses.Seats(5)),
        "kid" => Licenses.ByUnknownKeyId(Licenses.Seats(5)),
        "payload" => Licenses.WithPayloadOf(good, Licenses.Issue(Licenses.Seats(500))),
        "truncated" => good[..^10],
        "expired" => Licenses.Issue(Licenses.Seats(5) with { LicenseExpires = Licenses.Now.AddDays(-3), Expires = Licenses.Now.AddDays(-2), NotBefore = Licenses.Now.AddDays(-9) }),
        "issued later" => Licenses.Issue(Licenses.Seats(5) with { IssuedAt = Licenses.Now.AddHours(2) }),
        "other deployment" => Licenses.Issue(Licenses.Seats(5) with { DeploymentIds = [Guid.CreateVersion7()] }),
        "empty" => "",
        _ => "not a licence at all",
    };
}
