using System.Buffers.Text;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Makes licences that the test servers trust, and spoils them.</summary>
internal static class Licenses
{
    private static readonly KeyPair Trusted =
        DevelopmentKey.LoadOrCreate(Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys"));

    public static byte[] PublicKey => Trusted.PublicKey;

    public static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public static LicenseTerms Seats(long seats) => new(
        "test-account",
        Now.AddDays(-1),
        Now.AddDays(30),
        Now.AddDays(40),
        Now.AddMinutes(-1),
        Features: new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = seats });

    public static string Issue(LicenseTerms terms) => LicenseTool.Issue(terms, Trusted.PrivateKey, DevelopmentKey.Id);

    public static string ByAnotherKey(LicenseTerms terms) => LicenseTool.Issue(terms, LicenseTool.GenerateKeyPair().PrivateKey, DevelopmentKey.Id);

    public static string ByUnknownKeyId(LicenseTerms terms) => LicenseTool.Issue(terms, Trusted.PrivateKey, "somebody-else");

    public static string WithAlgorithm(string token, string algorithm)
    {
        var header = $$"""{"alg":"{{algorithm}}","kid":"{{DevelopmentKey.Id}}","typ":"JWT"}""";
        return $"{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(header))}.{token.Split('.', 2)[1]}";
    }

    public static string WithPayloadOf(string token, string other) =>
        $"{token.Split('.')[0]}.{other.Split('.')[1]}.{token.Split('.')[2]}";

    /// <summary>The claims of a good licence, to be spoiled.</summary>
    public static JsonObject Claims() => JsonNode.Parse(Base64Url.DecodeFromChars(Issue(Seats(5)).Split('.')[1]))!.AsObject();

    /// <summary>Any header and claims, signed with the trusted key.</summary>
    public static string Sign(object header, object claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        var message = Encoding.ASCII.GetBytes(signed);
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(Trusted.PrivateKey, 0, message, 0, message.Length, signature, 0);
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    /// <summary>Claims under the ordinary header.</summary>
    public static string Sign(object claims) => Sign(new { alg = "EdDSA", kid = DevelopmentKey.Id, typ = "JWT" }, claims);

    public static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));

    public static Task<ApiAnswer> UploadAsync(ApiClient client, string license) => client.PostAsync("/licenses", new { license });

    /// <summary>Deletes every licence, for the next test on the same server.</summary>
    public static async Task ClearAsync(ApiClient owner)
    {
        foreach (var license in (await owner.GetAsync("/licenses")).Json!.AsArray())
            Assert.Equal(200, (await owner.DeleteAsync($"/licenses/{license!["id"]}")).Code);
    }

    /// <summary>Uploads a fresh licence; answers its id.</summary>
    public static async Task<int> GrantAsync(ApiClient owner, long seats)
    {
        var answer = await UploadAsync(owner, Issue(Seats(seats)));
        Assert.Equal(201, answer.Code);
        return answer["id"]!.GetValue<int>();
    }
}
