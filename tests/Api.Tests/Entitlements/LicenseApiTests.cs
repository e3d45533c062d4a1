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

    // Trap 11: an id that is no 32-bit integer is 404 too.
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

    [Theory]
    [InlineData("""{"license":""}""")]
    [InlineData("""{"license":null}""")]
    [InlineData("{}")]
    public async Task AMissingLicenseNamesTheField(string body)
    {
        var answer = await Scenario.Owner.PostAsync("/licenses", body);
        Assert.Equal(400, answer.Code);
        Assert.Equal("license", Assert.Single(answer["validations"]!.AsArray())!["field"]!.GetValue<string>());
    }

    [Fact]
    public async Task UploadAndDeleteLeaveAuditRowsWithoutTheToken()
    {
        var token = Licenses.Issue(Licenses.Seats(3));
        var uploaded = await Licenses.UploadAsync(Scenario.Owner, token);
        await Scenario.Owner.DeleteAsync($"/licenses/{uploaded["id"]}");
        var rows = (string)(await Scenario.Server.SqlAsync(
            $"""
            select string_agg(concat_ws(' ', action, status, actor_id, coalesce(before, after)::text), '; ' order by at)
            from platform.audit_logs
            where resource_type = 'license' and resource_id = '{uploaded["uuid"]}'
            """))!;
        Assert.Equal(2, rows.Split("; ").Length);
        Assert.StartsWith($"create 201 {Scenario.OwnerId}", rows, StringComparison.Ordinal);
        Assert.Contains($"; delete 200 {Scenario.OwnerId}", rows, StringComparison.Ordinal);
        Assert.DoesNotContain(token.Split('.')[2], rows, StringComparison.Ordinal);
    }

    [Fact]
    public async Task OfManyUploadsAtOnceOneIsKept()
    {
        var token = Licenses.Issue(Licenses.Seats(3));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Licenses.UploadAsync(Scenario.Owner, token)));
        Assert.Equal([201, 400, 400, 400, 400, 400, 400, 400], answers.Select(answer => answer.Code).Order());
        await Scenario.Owner.DeleteAsync($"/licenses/{answers.Single(answer => answer.Code == 201)["id"]}");
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
}
