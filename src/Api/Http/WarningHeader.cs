using Microsoft.Extensions.Primitives;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;

namespace Monolith.Api.Http;

/// <summary>
/// The license warnings on answers to those who may read the deployment's configuration (entitlements specification 1.8), one header each.
/// An answer takes what is known; when that is a second old it is renewed beside the requests, so that counting slows none. Singleton.
/// </summary>
internal sealed class WarningHeader(IEntitlementWarnings warnings, TimeProvider clock)
{
    private const string Name = "X-Coder-Entitlements-Warning";
    private static readonly TimeSpan MaxAge = TimeSpan.FromSeconds(1);
    private volatile Known _known = new([], null);
    private int _renewing;

    public void Write(HttpResponse response, ICaller caller)
    {
        if (!caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.DeploymentConfig)))
            return;
        var known = _known;
        if ((known.At is not { } at || clock.GetElapsedTime(at) >= MaxAge) && Interlocked.Exchange(ref _renewing, 1) == 0)
        {
            // The work belongs to no request: neither its trace nor its end.
            using (ExecutionContext.SuppressFlow())
                _ = Task.Run(RenewAsync);
        }

        if (known.Warnings.Count > 0)
            response.Headers[Name] = new StringValues([.. known.Warnings]);
    }

    private async Task RenewAsync()
    {
        try
        {
            _known = new Known(await warnings.CurrentAsync(CancellationToken.None), clock.GetTimestamp());
        }
        finally
        {
            Volatile.Write(ref _renewing, 0);
        }
    }

    private sealed record Known(IReadOnlyList<string> Warnings, long? At);
}
