using System.Globalization;
using System.Text;
using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Paging;
using Monolith.Entitlements.AiSeats;

namespace Monolith.Entitlements.Dashboard;

/// <summary>The list of the page as a file: the same search, all pages.</summary>
internal sealed class SeatExportEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/ai-seats/export.csv", (string? filter, HttpContext context, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new ListSeatsQuery(filter, PageRequest.Everything), cancellationToken).With(page => File(page, context)))
            .ExcludeFromDescription();

    private static IResult File(SeatPage page, HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return TypedResults.File(Encoding.UTF8.GetBytes(Write(page)), "text/csv; charset=utf-8", "ai-seats.csv");
    }

    private static string Write(SeatPage page)
    {
        var text = new StringBuilder();
        Line(text, "username", "name", "service_account", "status", "consuming", "first_used_at", "last_used_at", "last_event_type", "last_event_description");
        foreach (var seat in page.Seats)
            Line(
                text, seat.User.Username, seat.User.Name, Flag(seat.IsServiceAccount), seat.Status, Flag(seat.Consuming),
                Time(seat.FirstUsedAt), Time(seat.LastUsedAt), seat.LastEventType, seat.LastEventDescription);
        return text.ToString();
    }

    private static void Line(StringBuilder text, params IEnumerable<string> cells) => text.AppendJoin(',', cells.Select(Cell)).Append("\r\n");

    // A spreadsheet runs a cell that begins like a formula; the quote in front makes it text.
    private static string Cell(string value)
    {
        var safe = value is ['=' or '+' or '-' or '@' or '\t' or '\r', ..] ? $"'{value}" : value;
        return safe.AsSpan().ContainsAny(",\"\r\n") ? $"\"{safe.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : safe;
    }

    private static string Flag(bool value) => value ? "true" : "false";

    private static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
}
