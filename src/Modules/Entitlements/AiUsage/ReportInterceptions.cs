using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ReportInterceptionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/ai-usage/interceptions",
            (UsageBody<ReportInterceptionsBody> body, UsageReports reports, CancellationToken ct) =>
                reports.TakeAsync(body, (UsageEvents<Interception> events) => new ReportInterceptionsCommand(events), ct))
        .ReportsUsage()
        .For<ReportInterceptionsCommand>("report-interceptions", "Reports AI Bridge interceptions.");
}

/// <summary>The body of a report. Events are read one by one, so that a malformed one is refused alone.</summary>
internal sealed record ReportInterceptionsBody([property: Required, WireType(typeof(IReadOnlyList<Interception>))] IReadOnlyList<JsonElement>? Interceptions) : IUsageBody
{
    IReadOnlyList<JsonElement>? IUsageBody.Events => Interceptions;
}

/// <summary>One AI Bridge interception.</summary>
internal sealed record Interception(
    [property: Required] Guid Id,
    [property: Required] Guid InitiatorId,
    [property: Required] string Provider,
    [property: Required] string Model,
    string? Client,
    [property: Required] DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    [property: WireType(typeof(JsonElement))] string Metadata) : IUsageEvent<Interception>
{
    public static string Envelope => "interceptions";

    public static ResourceType Resource => ResourceType.AibridgeInterception;

    public static string SeatEventType => "aibridge";

    [JsonIgnore]
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

internal sealed class ReportInterceptionsHandler(IInterceptionStore store, IKnownIds known, SeatRecorder seats, ICaller caller)
    : ReportHandler<ReportInterceptionsCommand, Interception>(seats)
{
    private static readonly FieldError Unknown = new("initiator_id", "The user does not exist or is deleted.");

    protected override Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken) => store.KnownAsync(ids, cancellationToken);

    protected override async Task RefuseAsync(UsageReport<Interception> report, CancellationToken cancellationToken)
    {
        var users = await known.UsersAsync(report.Events.Select(one => one.InitiatorId), cancellationToken);
        report.Apply(one => users.Contains(one.InitiatorId) ? null : Unknown);
    }

    protected override async Task<IReadOnlyList<Interception>> StoreAsync(UsageReport<Interception> report, CancellationToken cancellationToken)
    {
        var firsts = report.Firsts.ToList();
        var fresh = await store.InsertAsync(firsts, cancellationToken);
        var stored = firsts.FindAll(one => fresh.Contains(one.Id));

        // What was inserted together with its end needs no second look.
        var done = stored.Where(one => one.EndedAt is not null).Select(one => one.Id).ToHashSet();
        await EndAsync([.. report.Stored.Where(one => one.EndedAt is not null && !done.Contains(one.Id)).DistinctBy(one => one.Id)], cancellationToken);
        return stored;
    }

    private async Task EndAsync(IReadOnlyList<Interception> ended, CancellationToken cancellationToken)
    {
        if (ended.Count == 0)
            return;
        var mine = caller.Subject.Visible(PermissionAction.Create, ResourceType.AibridgeInterception);
        await store.EndAsync(
            ended,
            anybodys: mine is { Everything: true, Ids: null },
            initiator: mine is { OwnedOutsideOrganizations: true, Ids: null } ? caller.UserId : null,
            cancellationToken);
    }
}
