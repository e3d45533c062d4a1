using Monolith.Members.Contracts;

namespace Monolith.Members.Dormancy;

internal sealed class DormancyOutlooks(IDormancyStore store, DormancySettings settings, TimeProvider clock) : IDormancyOutlook
{
    public async Task<DormancyOutlook?> WithinAsync(int days, CancellationToken cancellationToken)
    {
        if (settings.After is not { } after)
            return null;
        var count = await store.CountAsync(clock.GetUtcNow().AddDays(days) - after, cancellationToken);
        return new DormancyOutlook(settings.Days, count.Users, count.Seats);
    }
}
