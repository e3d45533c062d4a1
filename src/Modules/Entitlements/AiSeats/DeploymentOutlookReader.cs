using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.AiSeats;

/// <summary>Asks the handler of the summary itself, past the permission that its query needs. Scoped.</summary>
internal sealed class DeploymentOutlookReader(GetSeatSummaryHandler summary, ILicenseReader licenses, TimeProvider clock) : IDeploymentOutlook
{
    public async Task<DeploymentOutlook> LookAsync(CancellationToken cancellationToken)
    {
        var seats = await summary.Handle(new GetSeatSummaryQuery(), cancellationToken);
        // From the beginning of time: those whose grace is over, too.
        var stored = await licenses.ReadAsync(DateTimeOffset.UnixEpoch, cancellationToken);
        return new DeploymentOutlook(SeatReports.Numbers(seats.Value), Outlook(stored.Select(license => license.Token.Claims).OfType<LicenseClaims>(), clock.GetUtcNow()));
    }

    /// <summary>Of the licenses that count now, or did until their end. Terms that follow on without a gap are one.</summary>
    internal static LicenseOutlook? Outlook(IEnumerable<LicenseClaims> licenses, DateTimeOffset now)
    {
        var sound = licenses.Select(claims => (Claims: claims, StandingOf(claims, now).Standing)).Where(one => one.Standing is not (LicenseStatus.Void or LicenseStatus.BadClaim)).ToList();
        var begun = sound.Where(one => one.Standing != LicenseStatus.NotYetValid).Select(one => one.Claims).ToList();
        if (begun.Count == 0)
            return null;
        var paid = begun.Max(claims => claims.LicenseExpires!.Value);
        foreach (var next in sound.Select(one => one.Claims).Except(begun).OrderBy(claims => claims.NotBefore))
        {
            if (next.NotBefore <= paid && next.LicenseExpires > paid)
                paid = next.LicenseExpires.Value;
        }

        return new LicenseOutlook(paid, begun.Max(claims => claims.Expires!.Value));
    }

    // One that has ended is judged as it stood before.
    private static LicenseVerdict StandingOf(LicenseClaims claims, DateTimeOffset now) =>
        LicenseRules.Judge(claims, claims.Expires is { } end && end <= now ? end.AddTicks(-1) : now);
}
