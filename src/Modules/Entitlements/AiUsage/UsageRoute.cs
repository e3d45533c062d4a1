using System.Reflection;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.Net.Http.Headers;

namespace Monolith.Entitlements.AiUsage;

/// <summary>The JSON form of a report.</summary>
internal interface IUsageBody
{
    /// <summary>Its events; null when the member is missing.</summary>
    IReadOnlyList<JsonElement>? Events { get; }
}

/// <summary>A report as it comes in: one JSON body, or as <c>application/x-ndjson</c> any number of lines, one event each.</summary>
internal sealed class UsageBody<TBody> : IEndpointParameterMetadataProvider
    where TBody : class, IUsageBody
{
    public const string Lines = "application/x-ndjson";

    private UsageBody(Body<TBody>? whole) => Whole = whole;

    /// <summary>The JSON body; null when the events come in lines.</summary>
    public Body<TBody>? Whole { get; }

    public static async ValueTask<UsageBody<TBody>?> BindAsync(HttpContext context)
    {
        if (!MediaTypeHeaderValue.TryParse(context.Request.ContentType, out var type) || !type.MediaType.Equals(Lines, StringComparison.OrdinalIgnoreCase))
            return new((await Body<TBody>.BindAsync(context))!);

        // Lines are read a batch at a time, each of them limited: the body as a whole need not be.
        context.Features.Get<IHttpMaxRequestBodySizeFeature>()!.MaxRequestBodySize = null;
        return new(null);
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", Lines, "*/*"], typeof(TBody)));
}

/// <summary>Takes reports in: sends one whole, or reads it line by line and sends its batches.</summary>
internal sealed class UsageReports(IDispatcher dispatcher, TimeProvider clock, UsageStream stream)
{
    public Task<IResult> TakeAsync<TBody, T>(UsageBody<TBody> body, Func<UsageEvents<T>, ReportCommand<T>> command, CancellationToken cancellationToken)
        where TBody : class, IUsageBody
        where T : class, IUsageEvent<T> =>
        body.Whole is { } whole
            ? dispatcher.SendAsync(command(EventsOf<TBody, T>(whole, clock.GetUtcNow())), cancellationToken).Ok()
            : Task.FromResult<IResult>(new UsageStreamResult<T>(stream, command));

    internal static UsageEvents<T> EventsOf<TBody, T>(Body<TBody> body, DateTimeOffset now)
        where TBody : class, IUsageBody
        where T : class, IUsageEvent<T> =>
        body.Error is { } error ? UsageEvents<T>.Unreadable(error) : UsageEvents<T>.Of(body.Value.Events ?? [], now);
}

internal static class UsageRoute
{
    /// <summary>What the API document says of every report.</summary>
    public static RouteHandlerBuilder ReportsUsage(this RouteHandlerBuilder route) => route
        .WithDescription("From 1 to 1000 events. As application/x-ndjson: one event a line, any number of them; every batch of 1000 is stored on its own.")
        .WithMetadata(new OffersLines())
        .Produces<UsageReportResult>();
}
