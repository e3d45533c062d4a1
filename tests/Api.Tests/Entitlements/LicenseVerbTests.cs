using System.Buffers.Text;
using System.Text.Json.Nodes;
using Monolith.Api.Tests.Verbs;
using Monolith.Entitlements.Contracts;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>The license desk at the command line: what goes to which stream, with which exit code.</summary>
public sealed class LicenseVerbTests : IDisposable
{
    private static readonly KeyPair Keys = LicenseTool.GenerateKeyPair();
    private static readonly string[] Signed = ["issue", "--key", Convert.ToBase64String(Keys.PrivateKey), "--kid", "desk"];
    private static readonly string[] Trusted = ["--trust", $"desk={Convert.ToBase64String(Keys.PublicKey)}"];

    private readonly string _file = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void Keygen_prints_a_pair_that_issue_reads_from_a_file()
    {
        var pair = Run("keygen");
        Assert.Equal((0, ""), (pair.Code, pair.Error));
        File.WriteAllText(_file, pair.Output);
        var token = Run("issue", "--key-file", _file, "--kid", "new").Output.Trim();
        var inspected = Run("inspect", token, "--trust", $"new={pair.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[3]}");
        Assert.Equal(0, inspected.Code);
    }

    [Fact]
    public void Issue_prints_the_token_alone()
    {
        var issued = Run([.. Signed]);
        Assert.Equal((0, ""), (issued.Code, issued.Error));
        Assert.Equal(3, issued.Output.TrimEnd().Split('.').Length);
        Assert.DoesNotContain(' ', issued.Output);
        Assert.Equal("EdDSA desk", $"{Part(issued.Output, 0)["alg"]} {Part(issued.Output, 0)["kid"]}");
    }

    [Fact]
    public void Every_claim_has_an_option()
    {
        var id = Guid.CreateVersion7();
        var claims = Part(
            Run([
                .. Signed, "--account-id", "acme", "--account-type", "direct", "--feature-set", "premium", "--all-features", "--features", "audit_log,user_limit=7",
                "--limit", "ai_governance_user_limit=3", "--addons", "ai_governance", "--trial", "--iat", "2026-01-01", "--nbf", "2026-01-02T00:00:00Z",
                "--license-expires", "2026-02-01", "--exp", "2026-03-01T01:00:00+01:00", "--deployment-ids", $"{id}", "--require-telemetry", "--publish-usage-data",
                "--license-version", "4", "--jti", $"{id}", "--sub", "a@example.com", "--iss", "us",
            ]).Output,
            1);
        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse(
                $$"""
                {"version":4,"jti":"{{id}}","iat":1767225600,"nbf":1767312000,"exp":1772323200,"license_expires":1769904000,
                 "account_type":"direct","account_id":"acme","feature_set":"premium","features":{"audit_log":1,"user_limit":7,"ai_governance_user_limit":3},
                 "addons":["ai_governance"],"trial":true,"deployment_ids":["{{id}}"],"require_telemetry":true,"all_features":true,
                 "publish_usage_data":true,"sub":"a@example.com","iss":"us"}
                """),
            claims),
            claims.ToJsonString());
    }

    [Fact]
    public void Terms_are_counted_in_days_too()
    {
        var claims = Part(Run([.. Signed, "--starts-in-days", "1", "--days", "2", "--grace-days", "0.5"]).Output, 1);
        const long Day = 86400;
        Assert.Equal(Day, claims["nbf"]!.GetValue<long>() - claims["iat"]!.GetValue<long>());
        Assert.Equal(2 * Day, claims["license_expires"]!.GetValue<long>() - claims["nbf"]!.GetValue<long>());
        Assert.Equal(Day / 2, claims["exp"]!.GetValue<long>() - claims["license_expires"]!.GetValue<long>());
    }

    [Theory]
    [InlineData(2, "nonsense")]
    [InlineData(2, "issue", "--nonsense")]
    [InlineData(2, "issue", "--days", "many")]
    [InlineData(1, "issue", "--days", "99999999")]
    [InlineData(2, "issue", "--nbf", "tomorrow")]
    [InlineData(1, "issue", "--features", "user_limit=many")]
    [InlineData(1, "issue", "--deployment-ids", "mine")]
    [InlineData(1, "issue", "--key", "AAAA", "--kid", "x")]
    [InlineData(1, "issue", "--key-file", "/no/such/file", "--kid", "x")]
    [InlineData(1, "inspect", "-f", "/no/such/file")]
    [InlineData(1, "inspect", "x", "--trust", "x")]
    [InlineData(1, "inspect", "x", "--trust", "x=AAAA")]
    public void A_mistake_is_one_complaint_on_standard_error(int code, params string[] arguments)
    {
        var run = Run(arguments is ["issue", ..] && !arguments.Contains("--kid") ? [.. Signed, .. arguments[1..]] : arguments);
        Assert.Equal((code, ""), (run.Code, run.Output));
        Assert.NotEmpty(run.Error);
    }

    [Fact]
    public void A_key_without_a_name_is_refused() => Assert.Contains("--kid", Run(Signed[..3]).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("issue")]
    [InlineData("inspect")]
    public void Help_lists_the_options(string verb)
    {
        var help = Run(verb, "--help");
        Assert.Equal((0, ""), (help.Code, help.Error));
        Assert.Contains($"license {verb}", help.Output, StringComparison.Ordinal);
        Assert.Contains(verb == "issue" ? "--grace-days" : "--trust", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Issue_says_on_standard_error_what_a_server_would_mind()
    {
        var issued = Run([.. Signed, "--license-version", "2", "--features", "warp_drive=1,scim=0"]);
        Assert.Equal(0, issued.Code);
        Assert.Contains("version claim", issued.Error, StringComparison.Ordinal);
        Assert.Contains("warp_drive=1", issued.Error, StringComparison.Ordinal);
        Assert.Contains("scim=0", issued.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Inspect_reads_an_argument_a_file_and_standard_input()
    {
        var token = Run([.. Signed]).Output;
        File.WriteAllText(_file, token);
        var expected = Run(["inspect", token.Trim(), .. Trusted]);
        Assert.Equal(0, expected.Code);
        Assert.Equal(expected, Run(["inspect", "--file", _file, .. Trusted]));
        Assert.Equal(expected, RunWith(token, ["inspect", .. Trusted]));
        Assert.Equal(expected, RunWith(token, ["inspect", "-", .. Trusted]));
    }

    [Theory]
    [InlineData("--days 100", 0, "by the trusted key desk", "active: in its paid term for 100 days", "would accept")]
    [InlineData("--starts-in-days -10 --days 5", 0, "in grace", "Audit Log is enabled but the license for it has expired.")]
    [InlineData("--starts-in-days 3", 0, "not yet valid: it starts in 3 days", "Features     audit_log")]
    [InlineData("--starts-in-days -10 --days 1 --grace-days 1", 1, "refused: The license has expired.", "would refuse")]
    [InlineData("--days 20", 0, "The license expires in 20 days.")]
    [InlineData("--limit user_limit=5,ai_governance_user_limit=9", 0, "user_limit = 5", "Too many active users: 6 are active, the license allows 5.", "near the limit: 100 percent")]
    [InlineData("--addons ai_governance", 0, "needs the feature ai_governance_user_limit")]
    [InlineData("--feature-set premium", 0, "premium", "managed_agent_limit = 1000", "custom_roles")]
    [InlineData("--feature-set gold", 0, "gold, which this version does not know")]
    [InlineData("--all-features", 0, "enterprise, by the legacy claim all_features")]
    [InlineData("--features warp_drive=1", 0, "Ignored      warp_drive=1")]
    [InlineData("--trial --require-telemetry", 0, "Trial        yes", "Telemetry    required")]
    public void Inspect_explains(string options, int code, params string[] words)
    {
        var token = Run([.. Signed, "--features", "audit_log", .. options.Split(' ')]).Output.Trim();
        var inspected = Run(["inspect", token, "--users", "6", "--seats", "9", .. Trusted]);
        Assert.Equal(code, inspected.Code);
        Assert.All(words, word => Assert.Contains(word, inspected.Output, StringComparison.Ordinal));
    }

    [Fact]
    public void Inspect_shows_the_claims_of_a_token_that_nobody_can_vouch_for()
    {
        var inspected = Run("inspect", Run([.. Signed, "--account-id", "acme"]).Output.Trim());
        Assert.Equal(1, inspected.Code);
        Assert.Contains("key that is not trusted", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("not proven", inspected.Output, StringComparison.Ordinal);
        Assert.Contains("acme", inspected.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("not a token")]
    [InlineData("a.b.c")]
    public void Inspect_takes_any_text(string text)
    {
        var inspected = RunWith(text, ["inspect"]);
        Assert.Equal((1, ""), (inspected.Code, inspected.Error));
        Assert.StartsWith("Signature", inspected.Output, StringComparison.Ordinal);
    }

    private static JsonObject Part(string token, int index) => JsonNode.Parse(Base64Url.DecodeFromChars(token.Trim().Split('.')[index]))!.AsObject();

    private static (int Code, string Output, string Error) Run(params string[] arguments) => RunWith("", arguments);

    private static (int Code, string Output, string Error) RunWith(string input, string[] arguments)
    {
        var run = VerbRun.WithAsync(input, ["license", .. arguments]).GetAwaiter().GetResult();
        return (run.Code, run.Output, run.Error);
    }
}
