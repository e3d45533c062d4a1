using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Telemetry;

namespace Monolith.Entitlements.Features;

/// <summary>Licenses and what they limit: kept counts, and the licenses in memory. Three of the names are those of the compatible system, so that its alerts fire (contract 7.5).</summary>
internal sealed class LicenseGauges(EntitlementSnapshot snapshot, UsageCounter usage, TimeProvider clock) : IGaugeSource
{
    public async Task ReadAsync(Gauges gauges, CancellationToken cancellationToken)
    {
        var counts = await usage.CountAsync(cancellationToken);
        var seats = Limited(FeatureNames.AiGovernanceUserLimit);
        var users = Limited(FeatureNames.UserLimit);
        gauges.Tell("monolith.ai_seats.used", "{seat}", "AI seats that are held.", seats is null ? 0 : counts.AiSeats);
        gauges.Tell("monolith.ai_seats.limit", "{seat}", "AI seats that the license grants; absent without a limit.", seats?.Limit);
        gauges.Tell("monolith.users.active", "{user}", "Active users.", counts.ActiveUsers);
        gauges.Tell("monolith.users.limit", "{user}", "Active users that the license grants; absent without a limit.", users?.Limit);
        gauges.Tell("monolith.license.remaining", "d", "Days until the last license leaves its paid term; negative in its grace period, absent without a license.", DaysLeft());
        gauges.Tell("monolith.license.grace_remaining", "d", "Days until the last license ends altogether; absent without a license.", GraceLeft());
        gauges.Tell("coderd_license_active_users", null, "The number of active users.", counts.ActiveUsers);
        gauges.Tell("coderd_license_limit_users", null, "The number of active users that the license grants.", users?.Limit ?? 0);
        gauges.Tell("coderd_license_user_limit_enabled", null, "1 when a license limits the number of active users, else 0.", users?.Limit is null ? 0 : 1);
    }

    private Feature? Limited(string name) => snapshot.Find(name) is { Enabled: true } feature ? feature : null;

    private double? DaysLeft() => snapshot.ValidLicenses().Max(license => license.LicenseExpires) is { } end ? (end - clock.GetUtcNow()).TotalDays : null;

    private double? GraceLeft() => snapshot.ValidLicenses().Max(license => license.Expires) is { } end ? (end - clock.GetUtcNow()).TotalDays : null;
}
