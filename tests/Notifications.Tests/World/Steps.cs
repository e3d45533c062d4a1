using System.Text.Json.Nodes;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Notifications.Tests.World;

/// <summary>What these tests do again and again.</summary>
internal static class Steps
{
    /// <summary>Looks often, gives up soon, and may reach this machine.</summary>
    public static (string, string)[] Quick { get; } = [("Notifications:AllowPrivateTargets", "true"), ("Notifications:Interval", "50ms"), ("Notifications:Timeout", "1s")];

    private static readonly KeyPair Key = DevelopmentKey.LoadOrCreate(Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys"));

    /// <summary>Only this rule is on.</summary>
    public static async Task OnlyAsync(this ApiClient owner, string rule, params int[] thresholds)
    {
        foreach (var other in (await owner.GetAsync("/notifications/rules")).Json!.AsArray().Select(row => row!["name"]!.GetValue<string>()).Where(name => name != rule))
            Assert.Equal(200, (await owner.PutAsync($"/notifications/rules/{other}", new { enabled = false })).Code);
        if (thresholds.Length > 0)
            Assert.Equal(200, (await owner.PutAsync($"/notifications/rules/{rule}", new { thresholds })).Code);
    }

    public static async Task<JsonNode> RuleAsync(this ApiClient owner, string rule) =>
        (await owner.GetAsync("/notifications/rules")).Json!.AsArray().Single(row => row!["name"]!.GetValue<string>() == rule)!;

    /// <summary>Waits until a rule was looked at after now.</summary>
    public static async Task LooksAsync(this ApiClient owner, string rule)
    {
        // The second look from here began after this call.
        for (var looks = 0; looks < 2; looks++)
        {
            var before = (await owner.RuleAsync(rule))["looked_at"]?.ToString();
            await Eventually.HoldsAsync(async () => (await owner.RuleAsync(rule))["looked_at"]?.ToString() != before, $"{rule} is looked at");
        }
    }

    public static async Task<JsonNode> HookAsync(this ApiClient owner, string name, Uri url)
    {
        var made = await owner.PostAsync("/notifications/targets", new { name, kind = "webhook", url = url.ToString() });
        Assert.True(made.Code == 201, made.Text);
        return made.Json!;
    }

    public static async Task<JsonNode> MailAsync(this ApiClient owner, string name, params string[] recipients)
    {
        var made = await owner.PostAsync("/notifications/targets", new { name, kind = "email", recipients });
        Assert.True(made.Code == 201, made.Text);
        return made.Json!;
    }

    public static async Task<IReadOnlyList<JsonNode>> DeliveriesAsync(this ApiClient owner, string query = "") =>
        [.. (await owner.GetAsync($"/notifications/deliveries{query}"))["deliveries"]!.AsArray().Select(row => row!)];

    /// <summary>One license and no other, with so many seats.</summary>
    public static async Task SeatsAsync(this ApiClient owner, long seats)
    {
        var before = (await owner.GetAsync("/licenses")).Json!.AsArray().Select(license => license!["id"]!).ToList();
        var now = TimeProvider.System.GetUtcNow();
        var terms = new LicenseTerms(
            "test", now.AddDays(-1), now.AddDays(300), now.AddDays(310), now.AddMinutes(-1), Features: new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = seats });
        Assert.Equal(201, (await owner.PostAsync("/licenses", new { license = LicenseTool.Issue(terms, Key.PrivateKey, DevelopmentKey.Id) })).Code);
        foreach (var id in before)
            Assert.Equal(200, (await owner.DeleteAsync($"/licenses/{id}")).Code);
    }

    public static async Task UseAiAsync(this ApiClient owner, Guid user)
    {
        var interception = new { id = Guid.CreateVersion7(), initiator_id = user, provider = "anthropic", model = "claude-sonnet-4", started_at = TimeProvider.System.GetUtcNow() };
        Assert.Equal(200, (await owner.PostAsync("/ai-usage/interceptions", new { interceptions = new[] { interception } })).Code);
    }
}
