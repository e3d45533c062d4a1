using Microsoft.Extensions.Time.Testing;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;

namespace Monolith.Notifications.Tests.World;

/// <summary>What commands of these tests record, and their clock.</summary>
internal static class Trail
{
    public static DateTimeOffset Now { get; } = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    public static AuditTrail New()
    {
        var clock = new FakeTimeProvider(Now);
        return new AuditTrail(Substitute.For<ICaller>(), clock, new RefusalCounts(clock), Substitute.For<IAuditWriter>());
    }
}
