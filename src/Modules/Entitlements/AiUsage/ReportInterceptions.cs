using System.Text.Json;
using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ReportInterceptionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/v2/ai-usage/interceptions", (Body<ReportInterceptionsBody> body, TimeProvider clock, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(ReportInterceptionsCommand.From(body, clock.GetUtcNow()), cancellationToken).Ok())
            .WithName("ReportInterceptions").WithTags("AI usage").Produces<UsageReportAnswer>();
}

/// <summary>The body of a report. Events are read one by one, so that a malformed one is refused alone.</summary>
internal sealed record ReportInterceptionsBody(IReadOnlyList<JsonElement>? Interceptions);

/// <summary>One AI Bridge interception.</summary>
internal sealed record Interception(
    Guid Id,
    Guid InitiatorId,
    string Provider,
    string Model,
    string? Client,
    DateTimeOffset StartedAt,
    DateTimeOffset? EndedAt,
    string Metadata)
{
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
}

[RequiresRule]
internal sealed record ReportInterceptionsCommand(Error? BodyError, IReadOnlyList<ReportedEvent<Interception>> Events, IReadOnlyList<Guid> Initiators)
    : ICommand<UsageReportAnswer>, IHasBody
{
    public static ReportInterceptionsCommand From(Body<ReportInterceptionsBody> body, DateTimeOffset now)
    {
        var sources = body.Error is null ? body.Value.Interceptions ?? [] : [];
        return sources.Count > UsageReport<Interception>.MaxEvents
            ? new(Error.Invalid("interceptions", "At most 1000 events a call."), [], [])
            : new(
                body.Error,
                EventReader.ReadAll(sources, now, Interception.Read),
                [.. sources.Select(source => new EventReader(source, now).OptionalUuid("initiator_id")).OfType<Guid>().Distinct()]);
    }
}

internal sealed class ReportInterceptionsAuthorizer(ICaller caller) : IRequestAuthorizer<ReportInterceptionsCommand>
{
    public ValueTask<Error?> AuthorizeAsync(ReportInterceptionsCommand request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request.Initiators.All(MayReport) ? null : Error.Forbidden);

    private bool MayReport(Guid initiator) =>
        caller.Can(PermissionAction.Create, ResourceObject.OwnedBy(ResourceType.AibridgeInterception, initiator));
}

internal sealed class ReportInterceptionsValidator : AbstractValidator<ReportInterceptionsCommand>
{
    public ReportInterceptionsValidator() =>
        RuleFor(command => command.Events).NotEmpty().OverridePropertyName("interceptions").WithMessage("From 1 to 1000 events are required.");
}

internal sealed class ReportInterceptionsHandler(Db db, SeatRecorder seats, TimeProvider clock) : ICommandHandler<ReportInterceptionsCommand, UsageReportAnswer>
{
    private static readonly FieldError Unknown = new("initiator_id", "The user does not exist or is deleted.");

    public async Task<Result<UsageReportAnswer>> Handle(ReportInterceptionsCommand request, CancellationToken cancellationToken)
    {
        var report = new UsageReport<Interception>(request.Events);
        var users = await KnownIds.UsersAsync(db, report.Events.Select(one => one.InitiatorId), cancellationToken);
        report.Apply(one => users.Contains(one.InitiatorId) ? null : Unknown);

        var distinct = report.Events.DistinctBy(one => one.Id).ToList();
        var fresh = await StoreAsync(distinct, cancellationToken);
        await EndAsync([.. report.Events.Where(one => one.EndedAt is not null).DistinctBy(one => one.Id)], cancellationToken);
        await seats.RecordAsync("aibridge", distinct.Where(one => fresh.Contains(one.Id)).Select(Evidence), cancellationToken);
        return report.Answer(fresh.Count);
    }

    private static SeatEvidence Evidence(Interception one) => new(one.InitiatorId, one.StartedAt, SeatEvidenceText.Bridge(one.Provider, one.Model));

    private async Task<HashSet<Guid>> StoreAsync(List<Interception> events, CancellationToken cancellationToken)
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
        await db.ExecuteAsync(
            End,
            new
            {
                ids = ended.ConvertAll(one => one.Id).ToArray(),
                initiators = ended.ConvertAll(one => one.InitiatorId).ToArray(),
                ends = ended.ConvertAll(one => one.EndedAt!.Value).ToArray(),
            },
            cancellationToken);
    }

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

    // The initiator must match: an id alone must not let one member end another's interception.
    // The rows are locked in the order of their ids, as the insert locks them, so that two reports never wait for each other in a circle.
    private const string End =
        """
        with running as materialized (
            select stored.id, one.ended_at
            from unnest(@ids, @initiators, @ends) as one (id, initiator_id, ended_at)
            join entitlements.interceptions stored on stored.id = one.id
            where stored.initiator_id = one.initiator_id
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
