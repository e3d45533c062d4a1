using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Monolith.Kernel.Json;
using Monolith.Kernel.Results;

namespace Monolith.Web.Http;

/// <summary>The error body of the API: <c>{message, detail?, validations?}</c>.</summary>
/// <param name="Message">Human text.</param>
/// <param name="Detail">Optional reason; left out when null.</param>
/// <param name="Validations">Per-field complaints; left out when there are none.</param>
public sealed record ErrorBody(string Message, string? Detail = null, IReadOnlyList<FieldError>? Validations = null);

/// <summary>A feature of a request whose errors people read; without it they are JSON.</summary>
public interface IErrorPage
{
    /// <summary>Answers the request with the error.</summary>
    Task WriteAsync(Error error);
}

/// <summary>The one place where an <see cref="Error"/> becomes HTTP.</summary>
public static class ErrorWriter
{
    /// <summary>Writes status, headers and body.</summary>
    public static Task WriteAsync(HttpContext context, Error error)
    {
        if (context.Features.Get<IErrorPage>() is { } page)
            return page.WriteAsync(error);
        var status = error.Status;
        if (error.RetryAfter is { } wait)
            context.Response.Headers.RetryAfter = ((int)Math.Ceiling(wait.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (Challenge(status) is { } challenge)
            context.Response.Headers.WWWAuthenticate = challenge;
        var validations = error.Validations is { Count: > 0 } ? error.Validations : null;
        return ApiResults.WriteJsonAsync(context, status, new ErrorBody(error.Message, error.Detail, validations));
    }

    // The realm is the one that published clients of the compatible system know.
    private static StringValues? Challenge(int status) => status switch
    {
        StatusCodes.Status401Unauthorized => "Bearer realm=\"coder\", error=\"invalid_token\"",
        StatusCodes.Status403Forbidden => "Bearer realm=\"coder\", error=\"insufficient_scope\"",
        _ => null,
    };
}

/// <summary>Turns results into HTTP answers. Endpoints call one of these and nothing else.</summary>
public static class ApiResults
{
    private static readonly byte[] Newline = "\n"u8.ToArray();

    /// <summary>200 with the value as JSON, or the error.</summary>
    public static Task<IResult> Ok<T>(this Task<Result<T>> result) => result.As(StatusCodes.Status200OK);

    /// <summary>201 with the value as JSON, or the error.</summary>
    public static Task<IResult> Created<T>(this Task<Result<T>> result) => result.As(StatusCodes.Status201Created);

    /// <summary>204 without a body, or the error.</summary>
    public static async Task<IResult> NoContent<T>(this Task<Result<T>> result) =>
        (await result).Match<IResult>(_ => Microsoft.AspNetCore.Http.Results.NoContent(), Failure);

    /// <summary>An answer that the endpoint shapes itself: headers, cookies, an empty 200.</summary>
    public static async Task<IResult> With<T>(this Task<Result<T>> result, Func<T, IResult> success) => (await result).Match(success, Failure);

    /// <summary>JSON with a status.</summary>
    public static IResult Json<T>(T value, int status = StatusCodes.Status200OK) => new JsonValueResult<T>(value, status);

    /// <summary>The error as an answer.</summary>
    public static IResult Failure(Error error) => new ErrorResult(error);

    /// <summary>Writes JSON as every answer of the API is written: UTF-8, compact, one trailing newline.</summary>
    public static async Task WriteJsonAsync<T>(HttpContext context, int status, T value)
    {
        var response = context.Response;
        response.StatusCode = status;
        response.ContentType = "application/json; charset=utf-8";
        await System.Text.Json.JsonSerializer.SerializeAsync(response.BodyWriter, value, WireJson.Options, context.RequestAborted);
        await response.BodyWriter.WriteAsync(Newline, context.RequestAborted);
    }

    private static async Task<IResult> As<T>(this Task<Result<T>> result, int status) =>
        (await result).Match(value => Json(value, status), Failure);

    private sealed class JsonValueResult<T>(T value, int status) : IResult, IStatusCodeHttpResult, IValueHttpResult<T>
    {
        public int? StatusCode => status;

        public T? Value => value;

        public Task ExecuteAsync(HttpContext httpContext)
        {
            if (status != StatusCodes.Status200OK || !IfNoneMatch.Holds(httpContext))
                return WriteJsonAsync(httpContext, status, value);
            httpContext.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
    }

    private sealed class ErrorResult(Error error) : IResult, IStatusCodeHttpResult
    {
        public int? StatusCode => error.Status;

        public Task ExecuteAsync(HttpContext httpContext) => ErrorWriter.WriteAsync(httpContext, error);
    }
}

/// <summary>What the API's answers have in common, for the OpenAPI document.</summary>
/// <param name="Message">Human text.</param>
public sealed record MessageBody(string Message);
