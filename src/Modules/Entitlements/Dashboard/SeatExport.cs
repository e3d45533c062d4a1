using Monolith.Entitlements.AiSeats;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>The file of the API for a link, which cannot say what it accepts: the same search, the whole list.</summary>
internal sealed class SeatExportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/ai-seats/export.csv",
            (string? filter, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new ListSeatsQuery(filter, PageRequest.Whole, SeatOrder.LatestFirst), cancellationToken).AsPage("seats", ListFormat.Csv, SeatFile.Table))
        .AsPageFile();
}
