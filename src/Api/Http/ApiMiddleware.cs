using System.Reflection;
using System.Text;
using Monolith.Api.Dashboard;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Results;
using Npgsql;

namespace Monolith.Api.Http;

/// <summary>What every answer of the API has: its headers, and the error body whatever went wrong.</summary>
internal sealed partial class ApiMiddleware(RequestDelegate next, ILogger<ApiMiddleware> log)
{
    public static string Version { get; } =
        "v" + (typeof(ApiMiddleware).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "0.0.0");

    private static readonly Error Internal = new(ErrorKind.Internal, "An internal server error occurred.", "The server's log has the details.");
    private static readonly Error NoDatabase = new(ErrorKind.Unavailable, "The database does not answer.", "Try again in a moment.", RetryAfter: TimeSpan.FromSeconds(2));
    private static readonly Error NoRoute = new(ErrorKind.NotFound, "Route not found.");
    private static readonly Error NoPage = Error.NotFound with { Message = Texts.PageNotFound };
    private static readonly Error WrongMethod = new(ErrorKind.MethodNotAllowed, "The method is not allowed on this route.");
    private static readonly Error WrongType = new(ErrorKind.UnsupportedMediaType, "The content type is not supported on this route.");
    private static readonly Error BadQuery = Error.BadRequest("The query string is not valid UTF-8 text.");

    public async Task InvokeAsync(HttpContext context, ResponseNotes notes, CallerContext caller, WarningHeader warnings)
    {
        context.Response.OnStarting(() =>
        {
            context.Response.Headers["X-Coder-Build-Version"] = Version;
            context.Response.Headers["X-Content-Type-Options"] = "nosniff";
            if (!context.Request.WantsPage())
            {
                foreach (var (name, value) in notes.Headers)
                    context.Response.Headers[name] = value;
                warnings.Write(context.Response, caller);
            }

            return Task.CompletedTask;
        });
        try
        {
            if (HasBadText(context.Request))
                await context.WriteErrorAsync(BadQuery);
            else
                await next(context);
            if (context.Response is { HasStarted: false, ContentLength: null or 0, ContentType: null })
                await ExplainEmptyAsync(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            context.Response.StatusCode = StatusCodes.Status499ClientClosedRequest;
        }
        catch (Exception exception) when (!context.Response.HasStarted)
        {
            await AnswerFailureAsync(context, exception);
        }
    }

    private static Task ExplainEmptyAsync(HttpContext context) => context.Response.StatusCode switch
    {
        StatusCodes.Status404NotFound when context.Request.WantsPage() => context.WritePageAsync(NoPage),
        StatusCodes.Status404NotFound => ErrorWriter.WriteAsync(context, NoRoute),
        StatusCodes.Status405MethodNotAllowed => ErrorWriter.WriteAsync(context, WrongMethod),
        StatusCodes.Status415UnsupportedMediaType => ErrorWriter.WriteAsync(context, WrongType),
        _ => Task.CompletedTask,
    };

    private Task AnswerFailureAsync(HttpContext context, Exception exception)
    {
        context.Response.Clear();
        if (exception is BadHttpRequestException bad)
        {
            var tooLarge = bad.StatusCode == StatusCodes.Status413PayloadTooLarge;
            return context.WriteErrorAsync(tooLarge
                ? new Error(ErrorKind.TooLarge, "The request body is too large.", "At most 1 MiB is accepted.")
                : Error.BadRequest("The request could not be read."));
        }

        LogFailure(exception, context.Request.Method, (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText);
        return context.WriteErrorAsync(IsOutage(exception) ? NoDatabase : Internal);
    }

    private static bool IsOutage(Exception exception) => exception is NpgsqlException and not PostgresException
        or PostgresException { SqlState: "57P01" or "57P02" or "57P03" or "53100" or "53300" or "55P03" or "57014" or "25P03" };

    /// <summary>NUL cannot be stored, and text that is no UTF-8 was mangled on its way: both are the client's error.</summary>
    private static bool HasBadText(HttpRequest request)
    {
        if (request.QueryString.Value is not { Length: > 1 } query || !query.Contains('%', StringComparison.Ordinal))
            return false;
        try
        {
            var bytes = System.Net.WebUtility.UrlDecodeToBytes(Encoding.ASCII.GetBytes(query), 0, query.Length);
            return StrictUtf8.GetString(bytes).Contains('\0', StringComparison.Ordinal);
        }
        catch (DecoderFallbackException)
        {
            return true;
        }
    }

    private static readonly UTF8Encoding StrictUtf8 = new(false, true);

    [LoggerMessage(LogLevel.Error, "{Method} {Route} failed")]
    private partial void LogFailure(Exception exception, string method, string? route);
}
