using System.Globalization;
using System.Threading.RateLimiting;
using Monolith.Api.Dashboard;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Api.Http;

/// <summary>Requests a minute, for each user or address: <c>RateLimits:ApiPerMinute</c> (512), and <c>RateLimits:LoginPerMinute</c> (60) where passwords are tried. Zero or less switches one off.</summary>
internal static class RateLimits
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    public static void AddRateLimits(this IServiceCollection services, IConfiguration configuration)
    {
        var api = configuration.GetValue("RateLimits:ApiPerMinute", 512);
        var login = configuration.GetValue("RateLimits:LoginPerMinute", 60);
        services.AddRateLimiter(options =>
        {
            options.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
            {
                var triesPassword = !HttpMethods.IsGet(context.Request.Method) && context.GetEndpoint()?.Metadata.GetMetadata<TriesPasswordAttribute>() is not null;
                var permits = triesPassword ? login : api;
                return permits <= 0 || !(context.Request.Path.StartsWithSegments("/api", StringComparison.OrdinalIgnoreCase) || context.Request.WantsPage())
                    ? RateLimitPartition.GetNoLimiter("")
                    : RateLimitPartition.GetFixedWindowLimiter(
                        (triesPassword ? "login " : "api ") + Who(context),
                        _ => new FixedWindowRateLimiterOptions { PermitLimit = permits, Window = Window, QueueLimit = 0 });
            });
            options.OnRejected = (rejected, _) => new ValueTask(rejected.HttpContext.WriteErrorAsync(TooMany(rejected.Lease)));
        });
    }

    private static Error TooMany(RateLimitLease lease) => new(
        ErrorKind.TooManyRequests,
        "Too many requests. Wait a moment and try again.",
        RetryAfter: lease.TryGetMetadata(MetadataName.RetryAfter, out var wait) ? wait : Window);

    private static string Who(HttpContext context) =>
        context.RequestServices.GetRequiredService<CallerContext>() is { IsAuthenticated: true } caller
            ? caller.UserId.ToString("N", CultureInfo.InvariantCulture)
            : context.Connection.RemoteIpAddress?.ToString() ?? "unknown";
}
