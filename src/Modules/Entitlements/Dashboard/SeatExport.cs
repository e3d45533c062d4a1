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
            async (string? filter, HttpContext context, IDispatcher dispatcher, CancellationToken cancellationToken) =>
            {
                var whole = PageRequest.Everything with { IsWhole = true };
                var file = await dispatcher.SendAsync(new ListSeatsQuery(filter, whole), cancellationToken).AsPage("seats", Csv, SeatFile.Table);

                // The list is read while it is written: in this module, which owns it.
                await file.ExecuteAsync(context);
            })
        .ExcludeFromDescription();
}
