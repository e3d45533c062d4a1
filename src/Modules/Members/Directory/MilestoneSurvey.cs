using Microsoft.Extensions.Logging;

namespace Monolith.Members.Directory;

/// <summary>Counts the milestones of the long lists anew when many came and went: after the start, and once a minute. One process at a time. Singleton.</summary>
internal sealed partial class MilestoneSurvey(IServiceScopeFactory scopes, TimeProvider clock, ILogger<MilestoneSurvey> log) : RecurringWork(clock)
{
    /// <summary>So many moves are summed up for a page without being felt.</summary>
    public const int FewMoves = 500;

    protected override async Task WorkAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateBackgroundScope();
        var db = scope.ServiceProvider.GetRequiredService<Db<MembersModule>>();
        var work = scope.ServiceProvider.GetRequiredService<IUnitOfWork>();
        await work.BeginAsync(cancellationToken);
        try
        {
            // The turn in a statement of its own: those that follow must see what the holder before did.
            if (await db.ScalarAsync<bool>(SqlTurn, null, cancellationToken))
                await SurveyAsync(db, cancellationToken);
            await work.CommitAsync(cancellationToken);
        }
        catch
        {
            await work.RollbackAsync();
            throw;
        }
    }

    protected override TimeSpan PauseFrom(DateTimeOffset now) => TimeSpan.FromMinutes(1);

    [LoggerMessage(LogLevel.Warning, "The milestones of long lists could not be counted anew; pages deep in them are slower until it succeeds. The next attempt is in a minute")]
    protected override partial void Failed(Exception exception);

    private static async Task SurveyAsync(Db<MembersModule> db, CancellationToken cancellationToken)
    {
        await db.ExecuteAsync(SqlForget, new { Milestones.LongList, Milestones.Users }, cancellationToken);
        foreach (var due in await db.QueryAsync<DueList>(SqlDue, new { Milestones.LongList, FewMoves, Milestones.Users }, cancellationToken))
            await db.ExecuteAsync(due.List == Milestones.Users ? SqlUsers : SqlMembers, new { due.List, due.IsLong, Milestones.Spacing }, cancellationToken);
    }

    private sealed record DueList(Guid List, bool IsLong);

    private const string SqlTurn = "select pg_try_advisory_xact_lock(hashtext('monolith milestones'))";

    // Every list notes moves: a list that grows long then needs no agreement with those who write at that moment.
    private const string SqlForget =
        """
        delete from members.moves v
        where v.list <> @Users
          and not exists (select from members.organization_counts c where c.organization_id = v.list and c.members >= @LongList)
          and not exists (select from members.milestones m where m.list = v.list)
        """;

    private const string SqlDue =
        """
        with moved as (
            select list, count(*) as moves
            from members.moves
            group by list
        )
        select lists.list, lists.people >= @LongList as is_long
        from (
            select organization_id as list, members as people from members.organization_counts
            union all
            select @Users, users from members.user_count
        ) lists
        left join moved on moved.list = lists.list
        where moved.moves >= @FewMoves
           or (lists.people >= @LongList and not exists (select from members.milestones m where m.list = lists.list))
        """;

    // One statement sees one moment: the moves that go are those that the positions know of.
    private const string SqlSurvey =
        """
        with noted as (
            delete from members.moves where list = @List
        ),
        counted as (
            delete from members.milestones where list = @List
        )
        insert into members.milestones (list, position, sort_name, user_id)
        select @List, position, sort_name, user_id
        from (
        """;

    private const string SqlEvery =
        """
        ) everybody
        where position > 0
          and position % @Spacing = 0
          and @IsLong
        """;

    private const string SqlUsers = $"{SqlSurvey}\nselect username_folded as sort_name, id as user_id, row_number() over (order by username_folded) - 1 as position\nfrom members.users\nwhere not deleted\n  and not is_system\n{SqlEvery}";
    private const string SqlMembers = $"{SqlSurvey}\nselect sort_name, user_id, row_number() over (order by sort_name) - 1 as position\nfrom members.organization_members\nwhere organization_id = @List\n  and not is_system\n{SqlEvery}";
}
