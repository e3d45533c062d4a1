using System.Diagnostics.Metrics;
using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Kernel.Telemetry;

namespace Monolith.Entitlements.Tests;

public sealed class LicenseGaugesTests
{
    [Fact]
    public async Task Nothing_is_told_before_the_licenses_were_read_once()
    {
        var clock = new FakeTimeProvider(Samples.Now);
        using var snapshot = new EntitlementSnapshot(Substitute.For<ILicenseReader>(), Samples.Community(), clock);
        using var gauges = new Gauges();
        var told = new List<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, _) => told.Add(instrument.Name);
        listener.Start();

        await new LicenseGauges(snapshot, null!, clock).ReadAsync(gauges, CancellationToken.None);

        Assert.DoesNotContain("coderd_license_limit_users", told);
    }
}
