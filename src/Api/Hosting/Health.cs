using Monolith.Api.Http;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Hosting;

internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder app)
    {
        app.MapGet("/healthz", () => ApiResults.Json(new MessageBody("ok"))).ExcludeFromDescription();
        app.MapGet("/readyz", ReadyAsync).ExcludeFromDescription();
    }

    private static async Task<IResult> ReadyAsync(DatabaseReadiness readiness, DatabaseProbe probe, CancellationToken cancellationToken)
    {
        if (readiness.Stopping)
            return Failing("stopping");
        if (!readiness.Migrated)
            return Failing("migrations");
        return await probe.FailureAsync(cancellationToken) is { } check ? Failing(check) : ApiResults.Json(new MessageBody("ready"));
    }

    private static IResult Failing(string check) =>
        ApiResults.Failure(new Error(ErrorKind.Unavailable, "The server is not ready.", $"Failing check: {check}"));
}

/// <summary>Until the database is prepared the API answers 503, so that no request meets half a schema.</summary>
internal sealed class ReadinessMiddleware(RequestDelegate next, DatabaseReadiness readiness, FirstRequests first)
{
    private static readonly Error NotReady =
        new(ErrorKind.Unavailable, "The server is starting.", "The database is being prepared.", RetryAfter: TimeSpan.FromSeconds(1));

    public Task InvokeAsync(HttpContext context) =>
        readiness.Migrated
            || context.GetEndpoint().IsOpenDocument()
            || !(context.Request.Path.StartsWithSegments("/api", StringComparison.Ordinal) || context.Request.WantsPage())
            || first.LetsIn(context)
            ? next(context)
            : context.WriteErrorAsync(NotReady);
}
