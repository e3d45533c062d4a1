using Microsoft.Extensions.Configuration;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;

namespace Monolith.Entitlements.Contracts;

/// <summary>A license in words.</summary>
/// <param name="Accepted">True when a server that trusts these keys would take it in at that moment.</param>
/// <param name="Lines">Labels and texts, in reading order. A label may repeat.</param>
public sealed record LicenseReport(bool Accepted, IReadOnlyList<KeyValuePair<string, string>> Lines);

/// <summary>Explains a license token, for the host's <c>license</c> verbs.</summary>
public static class LicenseInspector
{
    /// <summary>Checks the token as an upload would and says what it holds, whether or not its signature is good.</summary>
    /// <param name="token">The compact JWT; any text is answered, never thrown at.</param>
    /// <param name="configuration">Trusted keys are read from <c>Licensing:TrustedKeys</c>; the development key of this machine is known too.</param>
    /// <param name="now">The moment to judge at.</param>
    /// <param name="activeUsers">For the warnings: how many people are active.</param>
    /// <param name="aiSeats">For the warnings: how many AI seats are held.</param>
    public static LicenseReport Inspect(string token, IConfiguration configuration, DateTimeOffset now, long activeUsers = 0, long aiSeats = 0) =>
        new LicenseExplanation(now, new UsageCounts(activeUsers, aiSeats)).Explain(LicenseText.Clean(token), KeyRing.ForTools(configuration));
}
