using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Monolith.Entitlements.Contracts;
using Npgsql;

namespace Monolith.Entitlements.Features;

internal sealed partial class LiveWarnings(EntitlementSnapshot snapshot, IServiceScopeFactory scopes, ILogger<LiveWarnings> log) : IEntitlementWarnings
{
    public async ValueTask<IReadOnlyList<string>> CurrentAsync(CancellationToken cancellationToken)
    {
        if (!snapshot.HasCountedLimit)
            return snapshot.Compute(UsageCounts.None).Warnings;
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            var counts = await scope.ServiceProvider.GetRequiredService<UsageCounter>().CountAsync(cancellationToken);
            return snapshot.Compute(counts).Warnings;
        }
        catch (NpgsqlException exception)
        {
            LogUncounted(exception);
            return [];
        }
    }

    [LoggerMessage(LogLevel.Warning, "Users and AI seats could not be counted; entitlement warnings are left out")]
    private partial void LogUncounted(Exception exception);
}
