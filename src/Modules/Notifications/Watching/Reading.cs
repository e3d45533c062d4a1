using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>What one look at a rule found.</summary>
/// <param name="Level">How many of the steps of the rule are reached; 0 when nothing is the case.</param>
/// <param name="Held">How many are not left yet: at least <paramref name="Level"/>. A step is left a little behind where it is reached, so that somebody who goes back and forth at it causes no storm.</param>
/// <param name="Sentence">What was found, for people.</param>
/// <param name="News">What is told when a step is reached; null at level 0.</param>
internal sealed record Reading(int Level, int Held, string Sentence, Announcement? News = null)
{
    public static Reading Nothing(string sentence) => new(0, 0, sentence);

    /// <summary>The level that is kept after this look, and whether somebody must be told: one message when a step is reached that was not told or was left since, however many are reached at once.</summary>
    public (int Level, bool Tells) After(int told) => Level > told ? (Level, News is not null) : (Math.Min(told, Math.Max(Level, Held)), false);
}

/// <summary>Looks at what one rule is about. Scoped.</summary>
internal interface IRuleSight
{
    /// <summary>The wire name of the rule.</summary>
    string Rule { get; }

    /// <summary>From this look to the next one; null for the usual pause.</summary>
    TimeSpan? PauseOf(RuleRow rule);

    /// <summary>Looks. It runs outside of a transaction and may take its time.</summary>
    Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken);
}
