using System.Diagnostics;
using MediatR;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Pipeline;

/// <summary>One activity and one log line a request: its name, outcome and time. Never the payload.</summary>
internal sealed class TraceBehavior<TRequest, TResponse>(ILogger<TraceBehavior<TRequest, TResponse>> log)
    : IPipelineBehavior<TRequest, TResponse>
    where TRequest : notnull
    where TResponse : IFailable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        using var activity = PipelineActivity.Source.StartActivity(typeof(TRequest).Name);
        var started = Stopwatch.GetTimestamp();
        TResponse response;
        try
        {
            response = await next();
        }
        catch (Exception exception)
        {
            activity?.SetTag("outcome", "Exception").SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }

        var outcome = response.Error?.Kind.ToString() ?? "Ok";
        activity?.SetTag("outcome", outcome);
        if (log.IsEnabled(LogLevel.Debug))
            log.LogDebug("{Request} {Outcome} in {Elapsed:0.0} ms", typeof(TRequest).Name, outcome, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
        return response;
    }
}

/// <summary>The activity source of the pipeline, for tracing exporters.</summary>
public static class PipelineActivity
{
    /// <summary>Its name.</summary>
    public const string Name = "Monolith.Pipeline";

    internal static readonly ActivitySource Source = new(Name);
}
