using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Directory;

/// <summary>Places in the display order of the long lists, from which a page is found that lies deep in them.</summary>
/// <remarks>
/// A milestone says how many stood before a name when the list was surveyed. Triggers note who came and went since then, in the transaction of the change; one statement sees both, so the places are exact at any moment.
/// Writers add rows and wait for nobody.
/// </remarks>
internal static class Milestones
{
    /// <summary>The list of all users.</summary>
    public static readonly Guid Users = Guid.Empty;

    /// <summary>People from one milestone to the next. Fewer are walked over without.</summary>
    public const int Spacing = 5_000;

    /// <summary>Lists of fewer people have no milestones.</summary>
    public const int LongList = 4 * Spacing;

    /// <summary>More than so many moves, as in the minute of a large import, cost more to sum up than the walk does.</summary>
    public const int MostMoves = 20_000;

    /// <summary>How a page of everybody by name passes over those before it; null when a walk does.</summary>
    public static MaintainedPlace? Near(Guid list, OrderRequest order, SeatGroup? group, PageWindow window) =>
        UserListOrder.IsEverybodyByName(order, group, window) && window is { AfterId: null, Offset: >= Spacing }
            ? new MaintainedPlace(order.Dir == "desc" ? FromTheEnd : FromTheStart, new { list, users = Users, most_moves = MostMoves })
            : null;

    // Beginning with those that may be too far, so that it ends at the first that is not. Nobody who came or went moved a milestone by more than one.
    private const string FromTheStart =
        $"""
        select coalesce(max(rows_before), 0) as rows_before, coalesce(max(sort_name), '') as sort_key
        from (
            select rows_before, sort_name
            from (
                select m.position + {Moved} as rows_before, m.sort_name
                from members.milestones m
                where m.list = @list
                  and m.position <= @skip + (select count(*) from members.moves where list = @list and delta < 0)
                  and {AreFew}
                order by m.position desc
            ) far_first
            where rows_before <= @skip
            limit 1
        ) nearest
        """;

    // No name sorts behind the last character that there is.
    private const string FromTheEnd =
        $"""
        select coalesce(max(rows_before), 0) as rows_before, coalesce(max(sort_name), U&'\+10FFFF') as sort_key
        from (
            select rows_before, sort_name
            from (
                select {People} - m.position - {Moved} as rows_before, m.sort_name
                from members.milestones m
                where m.list = @list
                  and m.position >= {People} - @skip - (select count(*) from members.moves where list = @list and delta > 0)
                  and {AreFew}
                order by m.position
            ) far_first
            where rows_before <= @skip
            limit 1
        ) nearest
        """;

    private const string Moved = "coalesce((select sum(v.delta) from members.moves v where v.list = m.list and v.sort_name < m.sort_name), 0)";

    // Asked before anything is summed up, and answered by the row that would be one too many.
    private const string AreFew = "not exists (select from members.moves where list = @list offset @most_moves)";
    private const string People = "(select members from members.organization_counts where organization_id = @list union all select users from members.user_count where @list = @users)";
}
