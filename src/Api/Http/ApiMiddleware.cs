using System.Text;
using Monolith.Api.Deployment;
using Monolith.Data.Connections;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <summary>What every answer of the API has: its headers, and the error body whatever went wrong.</summary>
internal sealed class ApiMiddleware(RequestDelegate next, FailureLog failures, ApiVersion version)
{
    private static readonly Error Internal = new(ErrorKind.Internal, "An internal server error occurred.");
    private static readonly Error NoDatabase = new(ErrorKind.Unavailable, "The database does not answer.", "Try again in a moment.", RetryAfter: TimeSpan.FromSeconds(2));
    private static readonly Error NoRoute = new(
        ErrorKind.NotFound, "Route not found.", "This server has users, organizations, members, roles, groups, licenses and AI seats. What is not in its description at /docs, such as workspaces and templates, is not here.");
    private static readonly Error NoPage = Error.NotFound with { Message = "There is no page at this address." };
    private static readonly Error WrongMethod = new(ErrorKind.MethodNotAllowed, "The method is not allowed on this route.");
    private static readonly Error WrongType = new(ErrorKind.UnsupportedMediaType, "The content type is not supported on this route.");
    private static readonly Error BadQuery = Error.BadRequest("The query string is not valid UTF-8 text.");

    public async Task InvokeAsync(HttpContext context, ResponseHeaders notes, CallerContext caller, AssumedSession assumed, WarningHeader warnings, AuditTrail trail)
    {
        context.TraceIdentifier = RequestIds.Choose(context.Request);
        context.Response.OnStarting(() =>
        {
            StandardHeaders.Write(context, version);
            if (!context.Request.WantsPage())
            {
                foreach (var (name, value) in notes.Headers)
                    context.Response.Headers[name] = value;
                // What was refused before the session was confirmed is said to anybody.
                if (assumed.IsSettled)
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
            RefusedWrites.Note(context, trail);
        }
        catch (Exception) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody reads the answer. What was sent of it cannot be changed.
            if (!context.Response.HasStarted)
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
        if (BodyFault.Explain(exception) is { } unreadable)
        {
            context.Response.Headers.Connection = "close";
            return context.WriteErrorAsync(unreadable);
        }

        if (Outage.Is(exception))
        {
            failures.Outage(exception, context);
            return context.WriteErrorAsync(NoDatabase);
        }

        failures.Fault(exception, context);
        return context.WriteErrorAsync(Internal with { Detail = $"The server's log has the details of request {context.TraceIdentifier}." });
    }

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
}
