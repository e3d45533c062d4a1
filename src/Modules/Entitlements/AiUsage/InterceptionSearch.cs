namespace Monolith.Entitlements.AiUsage;

/// <summary>Which interceptions are wanted; every part that is set must hold. Times are inclusive.</summary>
internal sealed record InterceptionFilter(
    Guid? InitiatorId, string? Provider, string? Model, string? Client, DateTimeOffset? StartedAfter, DateTimeOffset? StartedBefore)
{
    private bool IsNone => this is { InitiatorId: null, Provider: null, Model: null, Client: null, StartedAfter: null, StartedBefore: null };

    /// <summary>How many there are for somebody who sees all of them, where that is maintained; null when it must be counted.</summary>
    public MaintainedCount? Maintained => IsNone ? new(CountEnded, new { }) : null;

    /// <summary>Adds the conditions.</summary>
    public void Restrict(ISpecificationBuilder<InterceptionRow> query) => query
        .Where(interception => interception.InitiatorId == InitiatorId, InitiatorId is not null)
        .Where(interception => interception.Provider == Provider, Provider is not null)
        .Where(interception => interception.Model == Model, Model is not null)
        .Where(interception => interception.Client == Client, Client is not null)
        .Where(interception => interception.StartedAt >= StartedAfter, StartedAfter is not null)
        .Where(interception => interception.StartedAt <= StartedBefore, StartedBefore is not null);

    private const string CountEnded = "select coalesce(sum(ended_interceptions), 0)::bigint from entitlements.usage_counts";
}

/// <summary>The <c>q</c> of the list of interceptions (entitlements specification 5.1). Scoped.</summary>
internal sealed class InterceptionSearch(IUserDirectory users, ICaller caller)
{
    private static readonly Dictionary<string, string> Keys =
        new[] { "initiator", "provider", "model", "client", "started_after", "started_before" }.ToDictionary(key => key, StringComparer.Ordinal);

    /// <summary>What may be asked.</summary>
    public static SearchSyntax Terms { get; } = new(Keys.Keys, null);

    /// <summary>The filter, or a 400 that names everything wrong with the query.</summary>
    public async Task<Result<InterceptionFilter>> ParseAsync(string? q, CancellationToken cancellationToken)
    {
        var query = SearchExpression.Read((q ?? "").Trim(), Keys);
        if (query.Words.Count > 0)
            query.Complaints.Add("q", "Must consist of key:value elements.");
        var values = new SearchValues(query);
        var filter = new InterceptionFilter(
            await InitiatorAsync(query, values.Text("initiator"), cancellationToken),
            values.Text("provider"),
            values.Text("model"),
            values.Text("client"),
            values.Time("started_after"),
            values.Time("started_before"));
        return query.Complaints.ToError("Invalid interception search query.") is { } error ? error : filter;
    }

    // A name that the caller may not know is answered like one that nobody has.
    private async Task<Guid?> InitiatorAsync(SearchExpression query, string? reference, CancellationToken cancellationToken)
    {
        if (reference is null)
            return null;
        if (Guid.TryParseExact(reference, "D", out var id))
            return id;
        if (await users.FindAsync(reference, cancellationToken) is { Deleted: false } found && caller.Can(PermissionAction.Read, ResourceObject.User(found.Id)))
            return found.Id;
        query.Complaints.Add("initiator", "Must be me, the id or the username of a user.");
        return null;
    }
}
