using Monolith.Audit.Log;
using Monolith.Web.Dashboard;

namespace Monolith.Audit.Dashboard;

/// <summary>The files of the API for links, which cannot say what they accept: the same search, every row.</summary>
internal sealed class AuditExportEndpoint : IPageFiles
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        Map(app, "csv", ListFormat.Csv);
        Map(app, "ndjson", ListFormat.Lines);
    }

    private static void Map(IEndpointRouteBuilder app, string kind, ListFormat format) => app
        .MapGet(
            $"/audit/export.{kind}",
            (string? filter, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListAuditLogsQuery(filter, PageRequest.Whole), ct).AsPage("audit_logs", format, AuditLogFile.Table, AuditLogFile.Lines))
        .For<ListAuditLogsQuery>($"export-audit-logs-{kind}", $"Answers the audit log as a file: {kind}.");
}
