namespace Monolith.Entitlements.Contracts;

/// <summary>The history of AI seats, for hosts that bring events of the past with them.</summary>
public interface ISeatHistory
{
    /// <summary>Fills the days without a record from <paramref name="from"/> (UTC) to yesterday: today's holders who had used AI by then, under today's limit.
    /// Days with a record stay as they are. Answers the number of days written.</summary>
    Task<int> BackfillAsync(DateOnly from, CancellationToken cancellationToken);
}
