using Monolith.Kernel.Privacy;

namespace Monolith.Entitlements.AiUsage;

/// <summary>What was reported about a person: AI use and workspaces. The evidence of a seat stays when they are erased: it names nobody.</summary>
internal sealed class UsageData(Db<EntitlementsModule> db) : IUserData
{
    private const int Batch = 1_000;

    private static readonly Dictionary<string, string> Statements = new(StringComparer.Ordinal)
    {
        ["ai_seat"] = SqlSeat,
        ["interceptions"] = Of("interceptions", "initiator_id"),
        ["workspace_builds"] = Of("workspace_builds", "owner_id"),
        ["workspaces"] = Of("workspaces", "owner_id"),
    };

    public IReadOnlyList<string> Sections { get; } = ["ai_seat", "interceptions", "workspaces", "workspace_builds"];

    public async Task<UserDataPage> ReadAsync(string section, Guid userId, string? after, CancellationToken cancellationToken)
    {
        var rows = await db.QueryFreshlyPlannedAsync<Entry>(Statements[section], new { userId, after = after is null ? Guid.Empty : Guid.Parse(after), Batch }, cancellationToken);
        return new([.. rows.Select(row => row.Text)], rows.Count == Batch ? rows[^1].Id.ToString("D") : null);
    }

    public Task EraseAsync(UserErasure person, CancellationToken cancellationToken) =>
        db.ExecuteAsync($"{SqlEraseInterceptions};\n{SqlEraseWorkspaces};\n{SqlEraseSeat}", new { person.UserId, person.Placeholder }, cancellationToken);

    // Whose it is stands above all of them.
    private static string Of(string table, string person) =>
        $"""
        select id, (to_jsonb(t) - '{person}')::text as text
        from entitlements.{table} t
        where {person} = @userId
          and id > @after
        order by id
        limit @Batch
        """;

    private sealed record Entry(Guid Id, string Text);

    private const string SqlSeat =
        """
        select user_id as id, (to_jsonb(s) - array['user_id', 'sort_name', 'is_deleted'])::text as text
        from entitlements.ai_seat_state s
        where user_id = @userId
          and user_id > @after
        limit @Batch
        """;

    // What a client adds to an event may hold anything.
    private const string SqlEraseInterceptions =
        """
        update entitlements.interceptions
        set metadata = '{}',
            client = null
        where initiator_id = @UserId
        """;

    private const string SqlEraseWorkspaces =
        """
        update entitlements.workspaces
        set name = @Placeholder
        where owner_id = @UserId
        """;

    private const string SqlEraseSeat =
        """
        update entitlements.ai_seat_state
        set last_event_description = ''
        where user_id = @UserId
        """;
}
