using Monolith.Members.Contracts;

namespace Monolith.Members.Dormancy;

/// <summary>Sends the batches of a round through the pipeline, each in a transaction of its own. Singleton.</summary>
internal sealed class DormancyRounds(IServiceScopeFactory scopes, DormancySettings settings, TimeProvider clock) : IDormancyRound
{
    public async Task<DormancyRound> RunAsync(CancellationToken cancellationToken)
    {
        if (settings.After is not { } after)
            return new DormancyRound(0, 0);
        var before = clock.GetUtcNow() - after;
        var (users, seats) = (0, 0);
        var batch = new DormancyBatch(0, 0, true);
        while (batch.MayHaveMore)
        {
            await using var scope = scopes.CreateBackgroundScope();
            batch = (await scope.ServiceProvider.GetRequiredService<IDispatcher>().SendAsync(new MakeDormantCommand(before), cancellationToken)).Value;
            (users, seats) = (users + batch.Users, seats + batch.Seats);
        }

        return new DormancyRound(users, seats);
    }
}
