using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Paging;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.Dashboard;

/// <summary>The file of the API for a link, which cannot say what it accepts: the same search, the whole list.</summary>
internal sealed class SeatExportEndpoint : ICarterModule
{
    private static readonly ListFormat Csv = ListFormat.Of(["text/csv"]);

    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/ai-seats/export.csv",
            (string? filter, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new ListSeatsQuery(filter, PageRequest.Everything with { IsWhole = true }), cancellationToken).AsPage("seats", Csv, SeatFile.Table))
        .ExcludeFromDescription();
}
