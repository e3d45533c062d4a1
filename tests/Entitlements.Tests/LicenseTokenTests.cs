using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Tests;

public sealed class LicenseTokenTests
{
    private static readonly string Genuine = Samples.Token(Samples.Terms());

    private static readonly object Good = new { alg = "EdDSA", kid = Samples.Kid };

    // Each attack, and the words that only its own message has.
    private static readonly Dictionary<string, (string Words, Func<string> Make)> Forgeries = new()
    {
        ["alg none"] = ("not signed.", () => WithHeader(new { alg = "none", kid = Samples.Kid }) + "."),
        ["alg none, old signature"] = ("not signed.", () => WithHeader(new { alg = "None", kid = Samples.Kid }) + "." + Part(2)),
        ["alg in other letters"] = ("spelled EdDSA", () => Signed(new { alg = "EDDSA", kid = Samples.Kid }, Samples.Keys)),
        ["Alg in other letters"] = ("names no signature algorithm", () => Signed(new Dictionary<string, string> { ["Alg"] = "EdDSA", ["kid"] = Samples.Kid }, Samples.Keys)),
        ["no alg"] = ("names no signature algorithm", () => Signed(new { kid = Samples.Kid }, Samples.Keys)),
        ["alg twice"] = ("header of the license is malformed", () => $"{Encode($$"""{"alg":"none","alg":"EdDSA","kid":"{{Samples.Kid}}"}""")}.{Part(1)}.{Part(2)}"),
        ["HS256 with the public key"] = ("not accepted", Hmac),
        ["another key"] = ("does not match", () => Signed(Good, LicenseTool.GenerateKeyPair())),
        ["unknown kid"] = ("not trusted", () => Signed(new { alg = "EdDSA", kid = "2022-08-12" }, Samples.Keys)),
        ["kid in other letters"] = ("not trusted", () => Signed(new { alg = "EdDSA", kid = Samples.Kid.ToUpperInvariant() }, Samples.Keys)),
        ["no kid"] = ("does not name the key", () => Signed(new { alg = "EdDSA" }, Samples.Keys)),
        ["kid is a number"] = ("does not name the key", () => Signed(new { alg = "EdDSA", kid = 7 }, Samples.Keys)),
        ["critical extension"] = ("extension", () => Signed(new { alg = "EdDSA", kid = Samples.Kid, crit = new[] { "b64" } }, Samples.Keys)),
        ["key in the header"] = ("does not match", () => ByKeyInHeader(LicenseTool.GenerateKeyPair())),
        ["swapped payload"] = ("does not match", () => $"{Part(0)}.{Samples.Token(Samples.Terms("premium")).Split('.')[1]}.{Part(2)}"),
        ["swapped header"] = ("does not match", () => WithHeader(new { alg = "EdDSA", kid = Samples.Kid, typ = "jwt" }) + "." + Part(2)),
        ["truncated signature"] = ("incomplete", () => Genuine[..^4]),
        ["no signature"] = ("incomplete", () => $"{Part(0)}.{Part(1)}."),
        ["padded"] = ("incomplete", () => Genuine + "=="),
        ["same signature, other spelling"] = ("incomplete", () => Genuine[..^1] + OtherSpelling(Genuine[^1])),
        ["two parts"] = ("three parts", () => $"{Part(0)}.{Part(1)}"),
        ["four parts"] = ("three parts", () => Genuine + ".x"),
        ["blank inside"] = ("header of the license is malformed", () => Genuine.Insert(5, " ")),
        ["empty"] = ("three parts", () => ""),
        ["dots"] = ("header of the license is malformed", () => ".."),
        ["header is a list"] = ("header of the license is malformed", () => Signed(new[] { "EdDSA" }, Samples.Keys)),
        ["payload is a list"] = ("claims of the license are malformed", () => LicenseTool.Sign(Good, new[] { 3 }, Samples.Keys.PrivateKey)),
        ["claim twice"] = ("claims of the license are malformed", () => SignedText("""{"version":3,"version":3}""")),
        ["half a character"] = ("claims of the license are malformed", () => SignedText("""{"account_id":"\ud800"}""")),
        ["too deep"] = ("claims of the license are malformed", () => SignedText($$"""{"x":{{new string('[', 40)}}{{new string(']', 40)}}}""")),
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
    public void A_forgery_gives_no_claims_and_says_why(string name)
    {
        var token = LicenseToken.Verify(Forgeries[name].Make(), Samples.Ring);

        Assert.Null(token.Claims);
        Assert.Null(token.KeyId);
        Assert.Contains(Forgeries[name].Words, token.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public void A_genuine_license_names_its_key() => Assert.Equal(Samples.Kid, LicenseToken.Verify(Genuine, Samples.Ring).KeyId);

    [Fact]
    public void The_payload_keeps_its_numbers()
    {
        var token = LicenseTool.Sign(new { alg = "EdDSA" }, new { big = 12345678901234567890m }, Samples.Keys.PrivateKey);

        Assert.Equal("12345678901234567890", LicenseToken.Payload(token).GetProperty("big").GetRawText());
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("a.b.c")]
    public void An_unreadable_payload_is_an_empty_object(string token) => Assert.Equal("{}", LicenseToken.Payload(token).GetRawText());

    private static string Part(int index) => Genuine.Split('.')[index];

    private static string Signed(object header, KeyPair keys) => LicenseTool.Sign(header, LicenseTool.Claims(Samples.Terms()), keys.PrivateKey);

    private static string SignedText(string claims) => LicenseTool.SignText($"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(Good))}.{Encode(claims)}", Samples.Keys.PrivateKey);

    private static string ByKeyInHeader(KeyPair keys) =>
        Signed(new { alg = "EdDSA", kid = Samples.Kid, jwk = new { kty = "OKP", crv = "Ed25519", x = Base64Url.EncodeToString(keys.PublicKey) } }, keys);

    private static string WithHeader(object header) => $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Part(1)}";

    private static string Encode(string text) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(text));

    // The last character of 64 bytes carries four bits that mean nothing.
    private static char OtherSpelling(char last)
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        return Alphabet[Alphabet.IndexOf(last, StringComparison.Ordinal) ^ 1];
    }

    private static string Hmac()
    {
        var signed = WithHeader(new { alg = "HS256", kid = Samples.Kid });
        return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(Samples.Keys.PublicKey, Encoding.ASCII.GetBytes(signed)))}";
    }
}
