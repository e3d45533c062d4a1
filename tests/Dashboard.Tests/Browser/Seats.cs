using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>Licenses and AI use for tests.</summary>
internal static class Seats
{
    private static readonly KeyPair Trusted =
        DevelopmentKey.LoadOrCreate(Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys"));

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    /// <summary>Replaces all licenses by one for this many seats. <paramref name="expiredDays"/> ago the paid term ended; the grace period goes on.</summary>
    public static async Task GrantAsync(Scenario scenario, long seats, int? expiredDays = null, string feature = FeatureNames.AiGovernanceUserLimit)
    {
        await RevokeAsync(scenario);
        await AddAsync(scenario, seats, expiredDays, feature);
    }

    /// <summary>One more license.</summary>
    public static async Task AddAsync(Scenario scenario, long seats, int? expiredDays = null, string feature = FeatureNames.AiGovernanceUserLimit)
    {
        var expires = expiredDays is { } days ? Now.AddDays(-days) : Now.AddDays(30);
        var terms = new LicenseTerms("test-account", Now.AddDays(-60), expires, Now.AddDays(40), Now.AddDays(-61), Features: new Dictionary<string, long> { [feature] = seats });
        var answer = await scenario.Owner.PostAsync("/licenses", new { license = LicenseTool.Issue(terms, Trusted.PrivateKey, DevelopmentKey.Id) });
        Assert.Equal(201, answer.Code);
    }

    /// <summary>Removes all licenses.</summary>
    public static async Task RevokeAsync(Scenario scenario)
    {
        foreach (var license in (await scenario.Owner.GetAsync("/licenses")).Json!.AsArray())
            await scenario.Owner.DeleteAsync($"/licenses/{license!["id"]}");
    }

    /// <summary>These users use AI.</summary>
    public static async Task UseAsync(Scenario scenario, params IEnumerable<Guid> users)
    {
        var interceptions = users.Select(user => new
        {
            id = Guid.CreateVersion7(),
            initiator_id = user,
            provider = "anthropic",
            model = "claude-sonnet-4",
            started_at = Now.AddHours(-3).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", System.Globalization.CultureInfo.InvariantCulture),
        });
        var answer = await scenario.Owner.PostAsync("/ai-usage/interceptions", new { interceptions });
        Assert.Equal(200, answer.Code);
    }

    /// <summary>The id of a user.</summary>
    public static async Task<Guid> IdOfAsync(Scenario scenario, string username) =>
        (await scenario.Owner.GetAsync($"/users/{username}"))["id"]!.GetValue<Guid>();
}
