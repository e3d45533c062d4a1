using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Monolith.Entitlements.Contracts;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Tokens that must not get in. Each is refused with 400 and a detail of its own, and nothing of it is repeated or kept.</summary>
public sealed class LicenseAttackTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private static readonly string Genuine = Licenses.Issue(Licenses.Seats(5));
    private static readonly object Header = new { alg = "EdDSA", kid = DevelopmentKey.Id };

    // The words are those that only this cause has.
    private static readonly Dictionary<string, (string Words, Func<string> Make)> Attacks = new()
    {
        ["alg none"] = ("is not signed.", () => $"{Licenses.Encode(new { alg = "none", kid = DevelopmentKey.Id })}.{Genuine.Split('.')[1]}."),
        ["HS256 signed with the public key"] = ("not accepted; it must be EdDSA", Hmac),
        ["alg in other letters"] = ("must be spelled EdDSA", () => Licenses.Sign(new { alg = "eddsa", kid = DevelopmentKey.Id }, Licenses.Claims())),
        ["header name in other letters"] = ("names no signature algorithm", () => Licenses.Sign(new { Alg = "EdDSA", kid = DevelopmentKey.Id }, Licenses.Claims())),
        ["another key's signature"] = ("signature of the license does not match", () => Licenses.ByAnotherKey(Licenses.Seats(5))),
        ["swapped payload"] = ("signature of the license does not match", () => Licenses.WithPayloadOf(Genuine, Licenses.Issue(Licenses.Seats(500)))),
        ["truncated token"] = ("incomplete", () => Genuine[..^10]),
        ["two parts"] = ("three parts", () => Genuine[..Genuine.LastIndexOf('.')]),
        ["unknown kid"] = ("not trusted", () => Licenses.ByUnknownKeyId(Licenses.Seats(5))),
        ["no kid"] = ("does not name the key", () => Licenses.Sign(new { alg = "EdDSA" }, Licenses.Claims())),
        ["crit header"] = ("extension", () => Licenses.Sign(new { alg = "EdDSA", kid = DevelopmentKey.Id, crit = new[] { "exp" }, exp = 1 }, Licenses.Claims())),
        ["header is no object"] = ("header of the license is malformed", () => Licenses.Sign("EdDSA", Licenses.Claims())),
        ["payload is no object"] = ("claims of the license are malformed", () => Licenses.Sign(Header, 5)),
        ["expired"] = ("has expired", () => Licenses.Issue(Licenses.Seats(5) with { LicenseExpires = Licenses.Now.AddDays(-3), Expires = Licenses.Now.AddDays(-2) })),
        ["issued in the future"] = ("issued in the future", () => Licenses.Issue(Licenses.Seats(5) with { IssuedAt = Licenses.Now.AddHours(2) })),
        ["term inside out"] = ("ends before it begins", () => Licenses.Issue(Licenses.Seats(5) with { NotBefore = Licenses.Now.AddDays(90) })),
        ["more than five years"] = ("more than five years", () => Licenses.Issue(Licenses.Seats(5) with { LicenseExpires = Licenses.Now.AddDays(1827), Expires = Licenses.Now.AddDays(1827) })),
    };

    public static TheoryData<string> AttackNames => [.. Attacks.Keys];

    [Theory]
    [MemberData(nameof(AttackNames))]
    public Task An_attack_is_refused_with_its_own_message(string name) => AssertRefusedAsync(Attacks[name].Make(), Attacks[name].Words);

    [Theory]
    [InlineData("version", null, "version claim is missing")]
    [InlineData("version", 2, "version claim of the license must be 3")]
    [InlineData("iat", null, "iat claim is missing")]
    [InlineData("nbf", null, "nbf claim is missing")]
    [InlineData("license_expires", null, "license_expires claim is missing")]
    [InlineData("license_expires", "soon", "license_expires claim is missing")]
    [InlineData("exp", null, "exp claim is missing")]
    [InlineData("account_type", null, "account_type claim is missing")]
    [InlineData("account_id", "", "account_id claim is missing or empty")]
    [InlineData("features", "all", "features claim has the wrong type")]
    [InlineData("addons", 1, "addons claim has the wrong type")]
    [InlineData("trial", 1, "trial claim has the wrong type")]
    public Task Each_bad_claim_is_refused_with_its_own_message(string claim, object? value, string words)
    {
        var claims = Licenses.Claims();
        claims.Remove(claim);
        if (value is not null)
            claims[claim] = System.Text.Json.JsonSerializer.SerializeToNode(value);
        return AssertRefusedAsync(Licenses.Sign(claims), words);
    }

    [Fact]
    public async Task A_license_for_other_deployments_names_this_one_and_not_the_others()
    {
        var other = Guid.CreateVersion7();
        var bound = Licenses.Seats(5) with { DeploymentIds = [other] };
        var refused = await Licenses.UploadAsync(fixture.Scenario.Owner, Licenses.Issue(bound));
        Assert.Equal(400, refused.Code);
        Assert.DoesNotContain(other.ToString(), refused.Text, StringComparison.Ordinal);

        var own = (Guid)(await fixture.Scenario.Server.SqlAsync("select id from entitlements.deployment"))!;
        Assert.Contains(own.ToString(), refused["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        var accepted = await Licenses.UploadAsync(fixture.Scenario.Owner, Licenses.Issue(bound with { DeploymentIds = [other, own] }));
        Assert.Equal(201, accepted.Code);
        await fixture.Scenario.Owner.DeleteAsync($"/licenses/{accepted["id"]}");
    }

    [Fact]
    public async Task Blanks_around_a_license_do_not_matter_and_do_not_make_it_another_one()
    {
        var token = Licenses.Issue(Licenses.Seats(5));
        var uploaded = await Licenses.UploadAsync(fixture.Scenario.Owner, $"  {token}\n");
        Assert.Equal(201, uploaded.Code);
        var again = await Licenses.UploadAsync(fixture.Scenario.Owner, token);
        Assert.Equal((400, "The license already exists."), (again.Code, again["message"]!.GetValue<string>()));
        await fixture.Scenario.Owner.DeleteAsync($"/licenses/{uploaded["id"]}");
    }

    private async Task AssertRefusedAsync(string token, string words)
    {
        var answer = await Licenses.UploadAsync(fixture.Scenario.Owner, token);
        Assert.Equal((400, "The license is not valid."), (answer.Code, answer["message"]!.GetValue<string>()));
        Assert.Contains(words, answer["detail"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.All(token.Split('.', StringSplitOptions.RemoveEmptyEntries), part => Assert.DoesNotContain(part, answer.Text, StringComparison.Ordinal));
        Assert.Equal(0L, await fixture.Scenario.Server.SqlAsync($"select count(*) from entitlements.licenses where jwt = '{token}'"));
    }

    private static string Hmac()
    {
        var signed = $"{Licenses.Encode(new { alg = "HS256", kid = DevelopmentKey.Id })}.{Genuine.Split('.')[1]}";
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Licenses.PublicKey, Encoding.ASCII.GetBytes(signed)))}";
    }
}
