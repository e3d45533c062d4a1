using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licenses;

namespace Monolith.Entitlements.Tests;

public sealed class LicenseTokenTests
{
    private static readonly string Genuine = Samples.Token(Samples.Terms());

    private static readonly Dictionary<string, Func<string>> Forgeries = new()
    {
        ["alg none"] = () => WithHeader("none", Samples.Kid) + ".",
        ["alg none, old signature"] = () => WithHeader("none", Samples.Kid) + "." + Part(2),
        ["alg in other letters"] = () => Signed(new { alg = "EDDSA", kid = Samples.Kid }, Samples.Keys),
        ["no alg"] = () => Signed(new { kid = Samples.Kid }, Samples.Keys),
        ["HS256 with the public key"] = Hmac,
        ["another key"] = () => Signed(new { alg = "EdDSA", kid = Samples.Kid }, LicenseTool.GenerateKeyPair()),
        ["unknown kid"] = () => Signed(new { alg = "EdDSA", kid = "2022-08-12" }, Samples.Keys),
        ["no kid"] = () => Signed(new { alg = "EdDSA" }, Samples.Keys),
        ["kid is a number"] = () => Signed(new { alg = "EdDSA", kid = 7 }, Samples.Keys),
        ["critical extension"] = () => Signed(new { alg = "EdDSA", kid = Samples.Kid, crit = new[] { "b64" } }, Samples.Keys),
        ["swapped payload"] = () => $"{Part(0)}.{Samples.Token(Samples.Terms("premium")).Split('.')[1]}.{Part(2)}",
        ["truncated signature"] = () => Genuine[..^4],
        ["no signature"] = () => $"{Part(0)}.{Part(1)}.",
        ["two parts"] = () => $"{Part(0)}.{Part(1)}",
        ["four parts"] = () => Genuine + ".x",
        ["padded"] = () => Genuine + "==",
        ["blank inside"] = () => Genuine.Insert(5, " "),
        ["empty"] = () => "",
        ["dots"] = () => "..",
        ["header is a list"] = () => Signed(new[] { "EdDSA" }, Samples.Keys),
        ["payload is a list"] = () => LicenseTool.Sign(new { alg = "EdDSA", kid = Samples.Kid }, new[] { 3 }, Samples.Keys.PrivateKey),
        ["features of text"] = () => LicenseTool.Sign(new { alg = "EdDSA", kid = Samples.Kid }, new { features = new { audit_log = "1" } }, Samples.Keys.PrivateKey),
    };

    public static TheoryData<string> ForgeryNames => [.. Forgeries.Keys];

    [Fact]
    public void A_genuine_license_reads_back_what_was_issued()
    {
        var terms = Samples.Terms("premium", trial: true, addons: ["ai_governance"], features: ("user_limit", 7));
        var claims = LicenseToken.Verify(Samples.Token(terms with { Id = Guid.CreateVersion7(), RequireTelemetry = true }), Samples.Ring).Claims;

        Assert.NotNull(claims);
        Assert.Equal(3, claims.Version);
        Assert.Equal(terms.LicenseExpires, claims.LicenseExpires);
        Assert.Equal(terms.Expires, claims.Expires);
        Assert.Equal("acme", claims.AccountId);
        Assert.Equal("premium", claims.FeatureSet);
        Assert.Equal(7, claims.Features["user_limit"]);
        Assert.Equal(["ai_governance"], claims.Addons);
        Assert.True(claims.Trial);
        Assert.True(claims.RequireTelemetry);
        Assert.NotNull(claims.Id);
    }

    [Theory]
    [MemberData(nameof(ForgeryNames))]
    public void A_forgery_gives_no_claims(string name)
    {
        var token = LicenseToken.Verify(Forgeries[name](), Samples.Ring);

        Assert.Null(token.Claims);
        Assert.NotNull(token.Fault);
    }

    [Fact]
    public void The_payload_keeps_its_numbers()
    {
        var token = LicenseTool.Sign(new { alg = "EdDSA" }, new { big = 12345678901234567890m }, Samples.Keys.PrivateKey);

        Assert.Equal("12345678901234567890", LicenseToken.Payload(token).GetProperty("big").GetRawText());
    }

    private static string Part(int index) => Genuine.Split('.')[index];

    private static string Signed(object header, KeyPair keys) => LicenseTool.Sign(header, LicenseTool.Claims(Samples.Terms()), keys.PrivateKey);

    private static string WithHeader(string alg, string kid) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(new { alg, kid }))}.{Part(1)}";

    private static string Hmac()
    {
        var signed = WithHeader("HS256", Samples.Kid);
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Samples.Keys.PublicKey, Encoding.ASCII.GetBytes(signed)))}";
    }
}
