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

internal sealed class ReportBuildsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/v2/ai-usage/workspace-builds", (Body<ReportBuildsBody> body, TimeProvider clock, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(ReportBuildsCommand.From(body, clock.GetUtcNow()), cancellationToken).Ok())
            .WithName("ReportWorkspaceBuilds").WithTags("AI usage").Produces<UsageReportAnswer>();
}

/// <summary>The body of a report; see <see cref="ReportInterceptionsBody"/>.</summary>
internal sealed record ReportBuildsBody(IReadOnlyList<JsonElement>? Builds);

/// <summary>One build of a workspace.</summary>
internal sealed record WorkspaceBuild(
    Guid Id,
    Guid WorkspaceId,
    string WorkspaceName,
    Guid OwnerId,
    Guid OrganizationId,
    int BuildNumber,
    string Transition,
    bool HasAiTask,
    DateTimeOffset CreatedAt)
{
    public bool IsEvidence => HasAiTask && Transition == "start";

    public static WorkspaceBuild Read(EventReader reader)
    {
        var build = new WorkspaceBuild(
            reader.Uuid("id"),
            reader.Uuid("workspace_id"),
            reader.Text("workspace_name", 128),
            reader.Uuid("owner_id"),
            reader.Uuid("organization_id"),
            reader.PositiveNumber("build_number"),
            reader.Text("transition", 16),
            reader.Flag("has_ai_task"),
            reader.Time("created_at"));
        if (build.Transition is not ("start" or "stop" or "delete"))
            reader.Blame("transition", "Must be start, stop or delete.");
        return build;
    }
}

/// <summary>On whose workspaces, and where, a report speaks.</summary>
internal readonly record struct WorkspaceOwner(Guid OwnerId, Guid? OrganizationId);

[RequiresRule]
internal sealed record ReportBuildsCommand(Error? BodyError, IReadOnlyList<ReportedEvent<WorkspaceBuild>> Events, IReadOnlyList<WorkspaceOwner> Owners)
    : ICommand<UsageReportAnswer>, IHasBody
{
    public static ReportBuildsCommand From(Body<ReportBuildsBody> body, DateTimeOffset now)
    {
        var sources = body.Error is null ? body.Value.Builds ?? [] : [];
        return sources.Count > UsageReport<WorkspaceBuild>.MaxEvents
            ? new(Error.Invalid("builds", "At most 1000 events a call."), [], [])
            : new(body.Error, EventReader.ReadAll(sources, now, WorkspaceBuild.Read), [.. sources.SelectMany(source => OwnerOf(new EventReader(source, now))).Distinct()]);
    }

    private static IEnumerable<WorkspaceOwner> OwnerOf(EventReader reader) =>
        reader.OptionalUuid("owner_id") is { } owner ? [new(owner, reader.OptionalUuid("organization_id"))] : [];
}

internal sealed class ReportBuildsAuthorizer(ICaller caller) : IRequestAuthorizer<ReportBuildsCommand>
{
    public ValueTask<Error?> AuthorizeAsync(ReportBuildsCommand request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request.Owners.All(MayReport) ? null : Error.Forbidden);

    // An event without an organization is refused anyway; it must not turn a report about oneself into a 403.
    private bool MayReport(WorkspaceOwner on) => caller.Can(
        PermissionAction.Create,
        new ResourceObject(ResourceType.Workspace, OrganizationId: on.OrganizationId, OwnerId: on.OwnerId, AnyOrganization: on.OrganizationId is null));
}

internal sealed class ReportBuildsValidator : AbstractValidator<ReportBuildsCommand>
{
    public ReportBuildsValidator() =>
        RuleFor(command => command.Events).NotEmpty().OverridePropertyName("builds").WithMessage("From 1 to 1000 events are required.");
}

internal sealed class ReportBuildsHandler(Db db, ReportedWorkspaces workspaces, SeatRecorder seats, TimeProvider clock)
    : ICommandHandler<ReportBuildsCommand, UsageReportAnswer>
{
    private static readonly FieldError UnknownOwner = new("owner_id", "The user does not exist or is deleted.");
    private static readonly FieldError UnknownOrganization = new("organization_id", "The organization does not exist or is deleted.");
    private static readonly FieldError OtherOwner = new("workspace_id", "The workspace belongs to another owner or organization.");

    public async Task<Result<UsageReportAnswer>> Handle(ReportBuildsCommand request, CancellationToken cancellationToken)
    {
        var report = new UsageReport<WorkspaceBuild>(request.Events);
        var users = await KnownIds.UsersAsync(db, report.Events.Select(build => build.OwnerId), cancellationToken);
        report.Apply(build => users.Contains(build.OwnerId) ? null : UnknownOwner);
        var organizations = await KnownIds.OrganizationsAsync(db, report.Events.Select(build => build.OrganizationId), cancellationToken);
        report.Apply(build => organizations.Contains(build.OrganizationId) ? null : UnknownOrganization);

        var owners = await workspaces.StoreAsync([.. report.Events], cancellationToken);
        report.Apply(build => owners[build.WorkspaceId] == new WorkspaceOwner(build.OwnerId, build.OrganizationId) ? null : OtherOwner);

        var distinct = report.Events.DistinctBy(build => build.Id).ToList();
        var fresh = await StoreAsync(distinct, cancellationToken);
        var stored = distinct.FindAll(build => fresh.Contains(build.Id));
        await workspaces.MarkDeletedAsync([.. stored.Where(build => build.Transition == "delete").Select(build => build.WorkspaceId)], cancellationToken);
        await seats.RecordAsync("task", stored.Where(build => build.IsEvidence).Select(Evidence), cancellationToken);
        return report.Answer(fresh.Count);
    }

    private static SeatEvidence Evidence(WorkspaceBuild build) => new(build.OwnerId, build.CreatedAt, SeatEvidenceText.Task);

    private async Task<HashSet<Guid>> StoreAsync(List<WorkspaceBuild> builds, CancellationToken cancellationToken) => builds.Count == 0
        ? []
        : [.. await db.QueryAsync<Guid>(
            Insert,
            new
            {
                now = clock.GetUtcNow(),
                ids = builds.ConvertAll(build => build.Id).ToArray(),
                workspaces = builds.ConvertAll(build => build.WorkspaceId).ToArray(),
                numbers = builds.ConvertAll(build => build.BuildNumber).ToArray(),
                transitions = builds.ConvertAll(build => build.Transition).ToArray(),
                tasks = builds.ConvertAll(build => build.HasAiTask).ToArray(),
                times = builds.ConvertAll(build => build.CreatedAt).ToArray(),
            },
            cancellationToken)];

    private const string Insert =
        """
        insert into entitlements.workspace_builds
            (id, workspace_id, build_number, transition, has_ai_task, created_at, reported_at)
        select build.id, build.workspace_id, build.build_number, build.transition, build.has_ai_task, build.created_at, @now
        from unnest(@ids, @workspaces, @numbers, @transitions, @tasks, @times)
            as build (id, workspace_id, build_number, transition, has_ai_task, created_at)
        order by build.id
        on conflict (id) do nothing
        returning id
        """;
}
