namespace Monolith.Members.Contracts;

/// <summary>The round that makes people dormant who were away for long.</summary>
public interface IDormancyRound
{
    /// <summary>Makes everybody dormant who is due, in batches. Nothing when nobody becomes dormant by time, or another process is at it.</summary>
    Task<DormancyRound> RunAsync(CancellationToken cancellationToken);
}

/// <summary>What a round did.</summary>
/// <param name="Users">Who became dormant.</param>
/// <param name="Seats">How many of them held an AI seat.</param>
public sealed record DormancyRound(int Users, int Seats);
