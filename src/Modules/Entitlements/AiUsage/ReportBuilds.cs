using System.ComponentModel.DataAnnotations;
using System.Text.Json;
using System.Text.Json.Serialization;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ReportBuildsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/ai-usage/workspace-builds",
            (UsageBody<ReportBuildsBody> body, UsageReports reports, CancellationToken ct) =>
                reports.TakeAsync(body, (UsageEvents<WorkspaceBuild> events) => new ReportBuildsCommand(events), ct))
        .ReportsUsage()
        .For<ReportBuildsCommand>("report-workspace-builds", "Reports builds of workspaces.");
}

/// <summary>The body of a report; see <see cref="ReportInterceptionsBody"/>.</summary>
internal sealed record ReportBuildsBody([property: Required, WireType(typeof(IReadOnlyList<WorkspaceBuild>))] IReadOnlyList<JsonElement>? Builds) : IUsageBody
{
    IReadOnlyList<JsonElement>? IUsageBody.Events => Builds;
}

/// <summary>One build of a workspace.</summary>
internal sealed record WorkspaceBuild(
    [property: Required] Guid Id,
    [property: Required] Guid WorkspaceId,
    [property: Required] string WorkspaceName,
    [property: Required] Guid OwnerId,
    [property: Required] Guid OrganizationId,
    [property: Required] int BuildNumber,
    [property: Required, OneOf("WorkspaceTransition", "start", "stop", "delete")] string Transition,
    bool HasAiTask,
    [property: Required] DateTimeOffset CreatedAt) : IUsageEvent<WorkspaceBuild>
{
    public static string Envelope => "builds";

    public static ResourceType Resource => ResourceType.Workspace;

    public static string SeatEventType => "task";

    [JsonIgnore]
    public bool IsDelete => Transition == "delete";

    [JsonIgnore]
    public SeatEvidence? Evidence => HasAiTask && Transition == "start" ? new(OwnerId, CreatedAt, SeatEvidenceText.Task) : null;

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

    // An event without an organization is refused anyway; it must not turn a report about oneself into a 403.
    public static ResourceObject? TargetOf(EventReader reader)
    {
        if (reader.OptionalUuid("owner_id") is not { } owner)
            return null;
        var organization = reader.OptionalUuid("organization_id");
        return new(ResourceType.Workspace, OrganizationId: organization, OwnerId: owner, AnyOrganization: organization is null);
    }
}

[RequiresRule(ResourceType.Workspace, PermissionAction.Create)]
internal sealed record ReportBuildsCommand(UsageEvents<WorkspaceBuild> Report) : ReportCommand<WorkspaceBuild>(Report);

internal sealed class ReportBuildsAuthorizer(ICaller caller) : ReportAuthorizer<ReportBuildsCommand, WorkspaceBuild>(caller);

internal sealed class ReportBuildsValidator : ReportValidator<ReportBuildsCommand, WorkspaceBuild>;

internal sealed class ReportBuildsHandler(IBuildStore store, IKnownIds known, ReportedWorkspaces workspaces, SeatRecorder seats)
    : ReportHandler<ReportBuildsCommand, WorkspaceBuild>(seats)
{
    private static readonly FieldError UnknownOwner = new("owner_id", "The user does not exist or is deleted.");
    private static readonly FieldError UnknownOrganization = new("organization_id", "The organization does not exist or is deleted.");
    private static readonly FieldError OwnerOutside = new("owner_id", "The user is no member of the organization.");

    protected override Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken) => store.KnownAsync(ids, cancellationToken);

    protected override async Task RefuseAsync(UsageReport<WorkspaceBuild> report, CancellationToken cancellationToken)
    {
        await known.HoldAsync(report.Events.Select(build => build.OwnerId), cancellationToken);
        var users = await known.UsersAsync(report.Events.Select(build => build.OwnerId), cancellationToken);
        report.Apply(build => users.Contains(build.OwnerId) ? null : UnknownOwner);
        var organizations = await known.OrganizationsAsync(report.Events.Select(build => build.OrganizationId), cancellationToken);
        report.Apply(build => organizations.Contains(build.OrganizationId) ? null : UnknownOrganization);
        var members = await known.MembersAsync(report.Events.Select(build => (build.OwnerId, build.OrganizationId)), cancellationToken);
        report.Apply(build => members.Contains((build.OwnerId, build.OrganizationId)) ? null : OwnerOutside);
    }

    protected override async Task<IReadOnlyList<WorkspaceBuild>> StoreAsync(UsageReport<WorkspaceBuild> report, CancellationToken cancellationToken)
    {
        var firsts = report.Firsts.ToList();
        var fresh = await store.InsertAsync(firsts, cancellationToken);
        var stored = firsts.FindAll(build => fresh.Contains(build.Id));
        await workspaces.StoreAsync(stored, cancellationToken);
        return stored;
    }
}
