using Microsoft.AspNetCore.Builder;

namespace Monolith.BuildingBlocks.Http;

/// <summary>Marks a route that asks with a body and changes nothing, whatever its method: forging it gains nothing, so it needs no CSRF token.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsOnlyAttribute : Attribute;

/// <summary>Says it on a route.</summary>
public static class ReadingRoutes
{
    /// <summary>Adds <see cref="ReadsOnlyAttribute"/>.</summary>
    public static RouteHandlerBuilder ReadsOnly(this RouteHandlerBuilder route) => route.WithMetadata(new ReadsOnlyAttribute());
}
