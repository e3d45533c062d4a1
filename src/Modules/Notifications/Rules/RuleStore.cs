using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Rules;

/// <summary>Reads and sets rules. A test of a slice replaces it.</summary>
internal interface IRuleStore
{
    /// <summary>All of them, in the order of <see cref="RuleName.All"/>.</summary>
    Task<IReadOnlyList<RuleRow>> ListAsync(CancellationToken cancellationToken);

    /// <summary>The rule, which nobody else changes before the transaction ends; null when there is none of that name.</summary>
    Task<RuleRow?> LockAsync(string rule, CancellationToken cancellationToken);

    /// <summary>Sets it. It begins anew: nothing is told yet, and it is looked at soon.</summary>
    Task SetAsync(string rule, bool enabled, int[] thresholds, CancellationToken cancellationToken);
}

internal sealed class RuleStore(Db<NotificationsModule> db) : IRuleStore
{
    public Task<IReadOnlyList<RuleRow>> ListAsync(CancellationToken cancellationToken) =>
        db.QueryAsync<RuleRow>(List, new { order = RuleName.All.ToArray() }, cancellationToken);

    public Task<RuleRow?> LockAsync(string rule, CancellationToken cancellationToken) => db.SingleOrDefaultAsync<RuleRow>(Lock, new { rule }, cancellationToken);

    public Task SetAsync(string rule, bool enabled, int[] thresholds, CancellationToken cancellationToken) =>
        db.ExecuteAsync(Set, new { rule, enabled, thresholds }, cancellationToken);

    private const string Columns = "rule, enabled, thresholds, level, reading, told_at, looked_at";

    private const string List =
        $"""
        select {Columns}
        from notifications.rules
        order by array_position(@order, rule)
        """;

    private const string Lock =
        $"""
        select {Columns}
        from notifications.rules
        where rule = @rule
        for update
        """;

    private const string Set =
        """
        update notifications.rules
        set
            enabled = @enabled,
            thresholds = @thresholds,
            level = 0,
            reading = null,
            due_at = '1970-01-01Z'
        where rule = @rule
        """;
}
