using System.Diagnostics;
using System.Diagnostics.Metrics;
using MediatR;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Kernel.Telemetry;

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
        catch (Exception exception) when (exception is not SessionChangedException)
        {
            PipelineMetrics.Record(typeof(TRequest).Name, "Exception", started);
            activity?.SetTag("outcome", "Exception").SetStatus(ActivityStatusCode.Error, exception.GetType().Name);
            throw;
        }

        var outcome = response.Error?.Kind.ToString() ?? "Ok";
        activity?.SetTag("outcome", outcome);
        PipelineMetrics.Record(typeof(TRequest).Name, outcome, started);
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

/// <summary>How long requests take in the pipeline, and how they end.</summary>
internal static class PipelineMetrics
{
    // Few: every request type has them.
    private static readonly Histogram<double> Duration = MonolithMeter.Instance.CreateHistogram(
        "monolith.pipeline.duration", "s", "Time of a request in the pipeline, by its type and outcome.", null, new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.005, 0.025, 0.1, 0.5, 2.5] });

    public static void Record(string request, string outcome, long started)
    {
        if (Duration.Enabled)
            Duration.Record(Stopwatch.GetElapsedTime(started).TotalSeconds, new("request", request), new("outcome", outcome));
    }
}
