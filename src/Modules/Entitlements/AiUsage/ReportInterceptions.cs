using System.Text.Json;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ReportInterceptionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapUsageReport<ReportInterceptionsBody, Interception>(
            "/ai-usage/interceptions",
            report => new ReportInterceptionsCommand(report))
        .For<ReportInterceptionsCommand>("report-interceptions", "Reports AI Bridge interceptions.");
}

/// <summary>The body of a report. Events are read one by one, so that a malformed one is refused alone.</summary>
internal sealed record ReportInterceptionsBody(IReadOnlyList<JsonElement>? Interceptions) : IUsageBody
{
    IReadOnlyList<JsonElement>? IUsageBody.Events => Interceptions;
}

/// <summary>One AI Bridge interception.</summary>
internal sealed record Interception(
    Guid Id,
    Guid InitiatorId,
    string Provider,
    string Model,
    string? Client,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string Metadata) : IUsageEvent<Interception>
{
    public static string Envelope => "interceptions";

    public static ResourceType Resource => ResourceType.AibridgeInterception;

    public static string SeatEventType => "aibridge";

    public SeatEvidence? Evidence => new(InitiatorId, StartedAt, SeatEvidenceText.Bridge(Provider, Model));

    public static Interception Read(EventReader reader)
    {
        var interception = new Interception(
            reader.Uuid("id"),
            reader.Uuid("initiator_id"),
            reader.Text("provider", 128),
            reader.Text("model", 256),
            reader.OptionalText("client", 256),
            reader.Time("started_at"),
            reader.OptionalTime("ended_at"),
            reader.JsonObject("metadata"));
        if (interception.EndedAt < interception.StartedAt)
            reader.Blame("ended_at", "Must not lie before started_at.");
        return interception;
    }

    public static ResourceObject? TargetOf(EventReader reader) =>
        reader.OptionalUuid("initiator_id") is { } initiator ? ResourceObject.OwnedBy(ResourceType.AibridgeInterception, initiator) : null;
}

[RequiresRule(ResourceType.AibridgeInterception, PermissionAction.Create)]
internal sealed record ReportInterceptionsCommand(UsageEvents<Interception> Report) : ReportCommand<Interception>(Report);

internal sealed class ReportInterceptionsAuthorizer(ICaller caller) : ReportAuthorizer<ReportInterceptionsCommand, Interception>(caller);

internal sealed class ReportInterceptionsValidator : ReportValidator<ReportInterceptionsCommand, Interception>;

internal sealed class ReportInterceptionsHandler(Db<EntitlementsModule> db, SeatRecorder seats, ICaller caller, TimeProvider clock)
    : ReportHandler<ReportInterceptionsCommand, Interception>(seats)
{
    private static readonly FieldError Unknown = new("initiator_id", "The user does not exist or is deleted.");

    protected override async Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken) =>
        (await db.QueryAsync<Guid>(Known, new { ids }, cancellationToken)).ToHashSet();

    protected override async Task RefuseAsync(UsageReport<Interception> report, CancellationToken cancellationToken)
    {
        var users = await KnownIds.UsersAsync(db, report.Events.Select(one => one.InitiatorId), cancellationToken);
        report.Apply(one => users.Contains(one.InitiatorId) ? null : Unknown);
    }

    protected override async Task<IReadOnlyList<Interception>> StoreAsync(UsageReport<Interception> report, CancellationToken cancellationToken)
    {
        var firsts = report.Firsts.ToList();
        var fresh = await InsertAsync(firsts, cancellationToken);
        var stored = firsts.FindAll(one => fresh.Contains(one.Id));

        // What was inserted together with its end needs no second look.
        var done = stored.Where(one => one.EndedAt is not null).Select(one => one.Id).ToHashSet();
        await EndAsync([.. report.Stored.Where(one => one.EndedAt is not null && !done.Contains(one.Id)).DistinctBy(one => one.Id)], cancellationToken);
        return stored;
    }

    private async Task<HashSet<Guid>> InsertAsync(List<Interception> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
            return [];
        return [.. await db.QueryAsync<Guid>(
            Insert,
            new
            {
                now = clock.GetUtcNow(),
                ids = events.ConvertAll(one => one.Id).ToArray(),
                initiators = events.ConvertAll(one => one.InitiatorId).ToArray(),
                providers = events.ConvertAll(one => one.Provider).ToArray(),
                models = events.ConvertAll(one => one.Model).ToArray(),
                clients = events.ConvertAll(one => one.Client).ToArray(),
                starts = events.ConvertAll(one => one.StartedAt).ToArray(),
                ends = events.ConvertAll(one => one.EndedAt).ToArray(),
                metadata = events.ConvertAll(one => one.Metadata).ToArray(),
            },
            cancellationToken)];
    }

    private async Task EndAsync(List<Interception> ended, CancellationToken cancellationToken)
    {
        if (ended.Count == 0)
            return;
        var mine = caller.Subject.Visible(PermissionAction.Create, ResourceType.AibridgeInterception);
        await db.ExecuteAsync(
            End,
            new
            {
                ids = ended.ConvertAll(one => one.Id).ToArray(),
                anybodys = mine is { Everything: true, Ids: null },
                initiator = mine is { OwnedOutsideOrganizations: true, Ids: null } ? caller.UserId : (Guid?)null,
                ends = ended.ConvertAll(one => one.EndedAt!.Value).ToArray(),
            },
            cancellationToken);
    }

    private const string Known =
        """
        select id
        from entitlements.interceptions
        where id = any(@ids)
        """;

    private const string Insert =
        """
        insert into entitlements.interceptions
            (id, initiator_id, provider, model, client, started_at, ended_at, metadata, reported_at)
        select one.id, one.initiator_id, one.provider, one.model, one.client, one.started_at, one.ended_at, one.metadata::json, @now
        from unnest(@ids, @initiators, @providers, @models, @clients, @starts, @ends, @metadata)
            as one (id, initiator_id, provider, model, client, started_at, ended_at, metadata)
        order by one.id
        on conflict (id) do nothing
        returning id
        """;

    // An id alone must not let one member end another's interception, and what else the event says is not looked at:
    // whose it is stands in the row.
    // The rows are locked in the order of their ids, as the insert locks them, so that two reports never wait for each other in a circle.
    private const string End =
        """
        with running as materialized (
            select stored.id, one.ended_at
            from unnest(@ids, @ends) as one (id, ended_at)
            join entitlements.interceptions stored on stored.id = one.id
            where (@anybodys or stored.initiator_id = @initiator)
                and stored.ended_at is null
                and stored.started_at <= one.ended_at
            order by stored.id
            for no key update of stored
        )
        update entitlements.interceptions stored
        set ended_at = running.ended_at
        from running
        where stored.id = running.id
        """;
}
