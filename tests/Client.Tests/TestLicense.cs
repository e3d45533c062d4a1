using Monolith.Entitlements.Contracts;

namespace Monolith.Client.Tests;

/// <summary>Licenses that the test servers trust: <c>license issue</c> of the README.</summary>
internal static class TestLicense
{
    public static string WithSeats(long seats)
    {
        var keys = DevelopmentKey.LoadOrCreate(Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys"));
        var now = TimeProvider.System.GetUtcNow();
        var terms = new LicenseTerms("readme", now.AddDays(-1), now.AddDays(30), now.AddDays(40), now.AddMinutes(-1), Features: new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = seats });
        return LicenseTool.Issue(terms, keys.PrivateKey, DevelopmentKey.Id);
    }
}
