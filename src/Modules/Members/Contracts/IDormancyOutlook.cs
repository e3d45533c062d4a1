namespace Monolith.Members.Contracts;

/// <summary>Who is about to become dormant, for modules that tell people so. It asks for no permission.</summary>
public interface IDormancyOutlook
{
    /// <summary>Those who will be dormant within so many days if they stay away, those who are due already included. Null when nobody becomes dormant by time.</summary>
    Task<DormancyOutlook?> WithinAsync(int days, CancellationToken cancellationToken);
}

/// <summary>How many people, and what it frees.</summary>
/// <param name="AfterDays">How long somebody must be away.</param>
/// <param name="Users">How many become dormant.</param>
/// <param name="Seats">How many of them hold an AI seat.</param>
public sealed record DormancyOutlook(int AfterDays, long Users, long Seats);
