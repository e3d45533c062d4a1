namespace Monolith.Entitlements.Contracts;

/// <summary>
/// Whether a person of a list consumes an AI seat, as conditions in SQL over the view <c>contracts.ai_seat_standing</c>. They are true or false, never null.
/// They ask by name alone, which names one person among those who are not deleted: of two conditions the planner believes that hardly anybody meets both.
/// </summary>
public static class SeatStanding
{
    /// <summary>True where the person consumes a seat.</summary>
    /// <param name="sortName">The column with the folded username of somebody who is not deleted, such as <c>u.username_folded</c>.</param>
    public static string Holds(string sortName) => $"exists (select 1 from contracts.ai_seat_standing p where p.sort_name = {sortName} and p.holds_seat)";

    /// <summary>True where the person consumes none.</summary>
    /// <param name="sortName">As in <see cref="Holds"/>.</param>
    public static string HoldsNone(string sortName) => $"exists (select 1 from contracts.ai_seat_standing p where p.sort_name = {sortName} and not p.holds_seat)";
}
