using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Tests;

public sealed class LicenseRulesTests
{
    [Theory]
    [InlineData("version", 2L, "must be 3")]
    [InlineData("version", null, "version claim is missing")]
    [InlineData("version", "3", "version claim is missing")]
    [InlineData("version", 3.5, "version claim is missing")]
    [InlineData("iat", null, "iat claim is missing")]
    [InlineData("iat", "1", "iat claim is missing")]
    [InlineData("nbf", null, "nbf claim is missing")]
    [InlineData("nbf", -1L, "nbf claim is missing")]
    [InlineData("license_expires", null, "license_expires claim is missing")]
    [InlineData("license_expires", true, "license_expires claim is missing")]
    [InlineData("license_expires", 253_000_000_000L, "five years")]
    [InlineData("exp", null, "exp claim is missing")]
    [InlineData("exp", 1e300, "exp claim is missing")]
    [InlineData("account_type", "", "account_type")]
    [InlineData("account_type", null, "account_type")]
    [InlineData("account_id", "", "account_id")]
    [InlineData("account_id", null, "account_id")]
    [InlineData("account_id", 7L, "account_id")]
    [InlineData("feature_set", 1L, "feature_set claim has the wrong type")]
    [InlineData("trial", "yes", "trial claim has the wrong type")]
    [InlineData("all_features", 1L, "all_features claim has the wrong type")]
    [InlineData("require_telemetry", 1L, "require_telemetry claim has the wrong type")]
    [InlineData("features", 1L, "features claim has the wrong type")]
    [InlineData("addons", "ai_governance", "addons claim has the wrong type")]
    [InlineData("addons", new[] { 1 }, "addons claim has the wrong type")]
    [InlineData("deployment_ids", new[] { 1 }, "deployment_ids claim has the wrong type")]
    public void Each_bad_claim_has_its_own_message(string claim, object? value, string words)
    {
        var verdict = LicenseRules.Judge(Claims(claims => Set(claims, claim, value)), Samples.Now);

        Assert.Equal(LicenseStatus.BadClaim, verdict.Standing);
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

    [Theory]
    [InlineData("1")]
    [InlineData(1.5)]
    [InlineData(true)]
    public void A_feature_that_is_no_whole_number_is_a_bad_claim(object value)
    {
        var verdict = LicenseRules.Judge(Claims(claims => claims["features"] = new Dictionary<string, object> { ["user_limit"] = value }), Samples.Now);

        Assert.Equal(new LicenseVerdict(LicenseStatus.BadClaim, "The features claim has the wrong type."), verdict);
    }

    [Fact]
    public void A_term_that_ends_before_it_begins_is_a_bad_claim()
    {
        var terms = Samples.Terms() with { NotBefore = Samples.Now.AddDays(9), LicenseExpires = Samples.Now.AddDays(8), Expires = Samples.Now.AddDays(8) };

        Assert.Contains("ends before it begins", LicenseRules.Judge(Parse(terms), Samples.Now).Fault, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void Five_years_ahead_is_the_longest_term(int secondsMore, bool accepted)
    {
        var end = Samples.Now.AddDays(5 * 365).AddSeconds(secondsMore);
        var claims = Parse(Samples.Terms() with { LicenseExpires = end, Expires = end });

        Assert.Equal(accepted, LicenseRules.Judge(claims, Samples.Now).Fault is null);
        Assert.Null(LicenseRules.Judge(claims, Samples.Now.AddSeconds(secondsMore)).Fault);
    }

    [Fact]
    public void A_null_claim_is_an_absent_one()
    {
        var claims = Claims(claims => claims["features"] = claims["addons"] = claims["trial"] = null!);

        Assert.Null(LicenseRules.Judge(claims, Samples.Now).Fault);
        Assert.Empty(claims.Features);
    }

    [Fact]
    public void Issued_in_the_future_is_void() =>
        Assert.Equal(LicenseStatus.Void, LicenseRules.Judge(Parse(Samples.Terms() with { IssuedAt = Samples.Now.AddSeconds(1) }), Samples.Now).Standing);

    [Fact]
    public void Starting_in_the_future_is_no_fault()
    {
        var verdict = LicenseRules.Judge(Parse(Samples.Terms(startsInDays: 1)), Samples.Now);

        Assert.Equal(new LicenseVerdict(LicenseStatus.NotYetValid), verdict);
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
