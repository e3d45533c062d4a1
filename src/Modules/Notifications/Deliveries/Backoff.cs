namespace Monolith.Notifications.Deliveries;

/// <summary>When a delivery that failed is tried again: twelve attempts within about half a day.</summary>
internal static class Backoff
{
    /// <summary>After so many attempts it is given up.</summary>
    public const int MostAttempts = 12;

    private const double Spread = 0.2;
    private static readonly TimeSpan First = TimeSpan.FromSeconds(10);

    /// <summary>Ten seconds, and twice as long after each further attempt, a fifth more or less, so that deliveries that failed together do not come back together.</summary>
    /// <param name="attempts">How many failed, from 1.</param>
    /// <param name="chance">From 0 to 1.</param>
    public static TimeSpan After(int attempts, double chance) => First * Math.Pow(2, attempts - 1) * (1 - Spread + (2 * Spread * chance));
}
