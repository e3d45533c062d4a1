using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licenses;

namespace Monolith.Entitlements.Tests;

public sealed class LicenseRulesTests
{
    [Theory]
    [InlineData("version", 2L, "version")]
    [InlineData("version", null, "version")]
    [InlineData("version", "3", "version")]
    [InlineData("iat", null, "iat")]
    [InlineData("nbf", null, "nbf")]
    [InlineData("license_expires", null, "license_expires")]
    [InlineData("license_expires", 253_000_000_000L, "five years")]
    [InlineData("exp", null, "exp claim")]
    [InlineData("account_type", "", "account_type")]
    [InlineData("account_type", null, "account_type")]
    [InlineData("account_id", "", "account_id")]
    [InlineData("account_id", null, "account_id")]
    public void Each_bad_claim_has_its_own_message(string claim, object? value, string words)
    {
        var verdict = LicenseRules.Judge(Claims(claims => Set(claims, claim, value)), Samples.Now);

        Assert.Equal(LicenseStanding.BadClaim, verdict.Standing);
        Assert.Contains(words, verdict.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void The_first_bad_claim_in_the_order_of_the_specification_is_named()
    {
        string[] order = ["version", "iat", "nbf", "license_expires", "exp", "account_type", "account_id"];
        for (var first = 0; first < order.Length; first++)
        {
            var verdict = LicenseRules.Judge(Claims(claims => Array.ForEach(order[first..], name => claims.Remove(name))), Samples.Now);

            Assert.Contains(order[first], verdict.Fault, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(-1, "Valid")]
    [InlineData(0, "Grace")]
    [InlineData(9, "Grace")]
    [InlineData(10, "Void")]
    public void Grace_lies_between_the_two_ends(int secondsAfterTerm, string expected)
    {
        var terms = Samples.Terms() with { LicenseExpires = Samples.Now, Expires = Samples.Now.AddSeconds(10) };

        Assert.Equal(expected, LicenseRules.Judge(Parse(terms), Samples.Now.AddSeconds(secondsAfterTerm)).Standing.ToString());
    }

    [Fact]
    public void Issued_in_the_future_is_void() =>
        Assert.Equal(LicenseStanding.Void, LicenseRules.Judge(Parse(Samples.Terms() with { IssuedAt = Samples.Now.AddSeconds(1) }), Samples.Now).Standing);

    [Fact]
    public void Starting_in_the_future_is_no_fault()
    {
        var verdict = LicenseRules.Judge(Parse(Samples.Terms(startsInDays: 1)), Samples.Now);

        Assert.Equal(new LicenseVerdict(LicenseStanding.NotYetValid), verdict);
    }

    private static LicenseClaims Parse(LicenseTerms terms) => LicenseToken.Verify(Samples.Token(terms), Samples.Ring).Claims!;

    private static LicenseClaims Claims(Action<Dictionary<string, object>> change)
    {
        var claims = LicenseTool.Claims(Samples.Terms());
        change(claims);
        return LicenseToken.Verify(LicenseTool.Sign(new { alg = "EdDSA", kid = Samples.Kid }, claims, Samples.Keys.PrivateKey), Samples.Ring).Claims!;
    }

    private static void Set(Dictionary<string, object> claims, string name, object? value)
    {
        claims.Remove(name);
        if (value is not null)
            claims[name] = value;
    }
}
