using Monolith.Entitlements.Contracts;
using Monolith.Roles.Contracts;

namespace Monolith.Audit.Log;

internal sealed class ListAuditLogsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/audit",
            (string? q, ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListAuditLogsQuery(q, list.PageOrLines), ct)
                    .AsPage(WireJson.Name(nameof(AuditLogPage.AuditLogs)), list.Format, AuditLogFile.Table, AuditLogFile.Lines))
        .For<ListAuditLogsQuery>("get-audit-logs", "Lists what was done, the newest first: a page at a time, or all of it as CSV or NDJSON.")
        .Searches(AuditSearch.Terms)
        .WithMetadata(new OffersLines())
        .Produces<AuditLogPage>();
}

[RequiresFeature(FeatureNames.AuditLog)]
[RequiresRule(ResourceType.AuditLog, PermissionAction.Read)]
internal sealed record ListAuditLogsQuery(string? Q, PageRequest Page) : IQuery<ListResult<AuditLog>>;

/// <summary>
/// A page of the log; without a limit, or with 0, one of 100 rows. <c>count</c> is the number that match, whatever the page. It is exact without a filter and for
/// <c>resource_type</c>, <c>action</c>, <c>organization</c> and <c>result</c>; with others counting stops at 100,000; absent with <c>count=false</c>.
/// </summary>
internal sealed record AuditLogPage(IReadOnlyList<AuditLog> AuditLogs, long? Count);

/// <summary>The log of the deployment, or of at least one organization.</summary>
internal sealed class ListAuditLogsAuthorizer(ICaller caller) : IRequestAuthorizer<ListAuditLogsQuery>
{
    public ValueTask<Error?> AuthorizeAsync(ListAuditLogsQuery request, CancellationToken cancellationToken) => ValueTask.FromResult(
        caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.AuditLog))
        || caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.AuditLog) with { AnyOrganization = true })
            ? null
            : Error.Forbidden);
}

internal sealed class ListAuditLogsValidator : AbstractValidator<ListAuditLogsQuery>
{
    public ListAuditLogsValidator(PageRequestValidator page) => RuleFor(query => query.Page).SetValidator(page);
}

internal sealed class ListAuditLogsHandler(IReadStore<AuditLogRow> logs, AuditSearch search, IRoleNames roles, ICaller caller)
    : IQueryHandler<ListAuditLogsQuery, ListResult<AuditLog>>
{
    private const int DefaultLimit = 100;

    public async Task<Result<ListResult<AuditLog>>> Handle(ListAuditLogsQuery request, CancellationToken cancellationToken)
    {
        var reader = AuditReader.Of(caller);
        var filter = await search.ParseAsync(request.Q, reader, cancellationToken);
        if (!filter.IsSuccess)
            return filter.Error;
        var window = request.Page.Window;
        if (window.Limit == 0 && request.Page.Scope == ListScope.Page)
            window = window with { Limit = DefaultLimit };
        if (window.AfterId is { } after && !reader.All && await logs.SingleOrDefaultAsync(new ReadableAuditLog(after, reader), cancellationToken) is null)
            window = window with { AfterId = Guid.Empty };

        var wanted = new NewestAuditLogs(filter.Value, reader, window);
        if (!window.IsPage)
            return logs.Stream(wanted).Select(ToViews);
        var page = await logs.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(ToViews, cancellationToken);
    }

    private Task<IReadOnlyList<AuditLog>> ToViews(IReadOnlyList<AuditLogRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<AuditLog>>([.. rows.Select(row => AuditLog.From(row, roles))]);
}

/// <summary>The newest first. The count takes no notice of the page.</summary>
internal sealed class NewestAuditLogs : Specification<AuditLogRow>
{
    public NewestAuditLogs(AuditFilter filter, AuditReader reader, PageWindow window)
    {
        reader.Restrict(Query);
        filter.Restrict(Query);
        Query
            .OrderByDescending(row => row.At)
            .ThenByDescending(row => row.Id)
            .After(row => row.Id, window.AfterId)
            .Skip(window.Offset)
            .Take(window.Limit, window.Limit > 0)
            .Counted(window.IsCounted)
            .CountEverything()
            .CountAtMost(AuditFilter.MostCounted)
            .CountBy(filter.Kept(reader));
    }
}

/// <summary>The log as a file.</summary>
internal static class AuditLogFile
{
    public const string Lines = "audit-logs.ndjson";

    public static CsvTable<AuditLog> Table { get; } = new("audit-logs.csv",
    [
        new("id", log => log.Id),
        new("time", log => log.Time),
        new("user_id", log => log.User?.Id.ToString("D")),
        new("username", log => log.User?.Username),
        new("action", log => log.Action),
        new("resource_type", log => log.ResourceType),
        new("resource_id", log => log.ResourceId),
        new("resource_target", log => log.ResourceTarget),
        new("organization", log => log.Organization?.Name),
        new("status_code", log => log.StatusCode.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("description", log => log.Description),
        new("diff", log => System.Text.Json.JsonSerializer.Serialize(log.Diff, WireJson.Options)),
        new("ip", log => log.Ip),
        new("user_agent", log => log.UserAgent),
        new("request_id", log => log.RequestId),
    ]);
}
