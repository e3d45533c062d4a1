using Monolith.Api.Deployment;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Telemetry;
using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Monolith.Api.Hosting;

/// <summary>Registers what is measured and traced. Where nobody listens, nothing is collected.</summary>
internal static class TelemetryRegistration
{
    private const string Npgsql = "Npgsql";

    public static void AddTelemetry(this IServiceCollection services, IConfiguration configuration)
    {
        var settings = TelemetrySettings.Read(configuration);
        if (settings is { Urls: null, HasCollector: false })
            return;

        var telemetry = services.AddOpenTelemetry().ConfigureResource(resource => Name(resource, configuration)).WithMetrics(metrics =>
        {
            metrics.AddMeter(MonolithMeter.Name, Npgsql).AddAspNetCoreInstrumentation().AddHttpClientInstrumentation().AddRuntimeInstrumentation();
            if (settings.Urls is not null)
                metrics.AddPrometheusExporter();
        });
        services.AddSingleton<Gauges>();
        services.AddRecurringWork<GaugeWork>();
        if (settings.Urls is not null)
            services.AddSingleton(settings).AddHostedService<MetricsServer>();
        if (!settings.HasCollector)
            return;

        // Log lines pass SecretFilter first, as those of every other provider.
        telemetry.WithTracing(Trace).WithLogging(null, logs => logs.IncludeFormattedMessage = true).UseOtlpExporter();
    }

    private static void Name(ResourceBuilder resource, IConfiguration configuration)
    {
        if (configuration["OTEL_SERVICE_NAME"] is not { Length: > 0 })
            resource.AddService("monolith", serviceVersion: ApiVersion.Product);
    }

    private static void Trace(TracerProviderBuilder traces) => traces
        .AddSource(PipelineActivity.Name, Npgsql)
        .AddHttpClientInstrumentation()
        .AddAspNetCoreInstrumentation(options =>
        {
            // Balancers ask every second.
            options.Filter = context => context.Request.Path.Value is not ("/healthz" or "/readyz");
            options.EnrichWithHttpResponse = (activity, response) => activity.SetTag("monolith.request_id", response.HttpContext.TraceIdentifier);
        });
}
