using Monolith.Entitlements.AiSeats;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>The file of the API for a link, which cannot say what it accepts: the same search, the whole list.</summary>
internal sealed class SeatExportEndpoint : IPageFiles
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/ai-seats/export.csv",
            (string? filter, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListSeatsQuery(NameSearch.Of(filter), PageRequest.Whole, SeatOrder.LatestFirst), ct).AsPage("seats", ListFormat.Csv, SeatFile.Table))
        .For<ListSeatsQuery>("export-ai-seats", "Answers everybody with evidence of AI use as a CSV file.");
}
