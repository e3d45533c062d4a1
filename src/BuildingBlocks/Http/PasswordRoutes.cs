using Microsoft.AspNetCore.Builder;

namespace Monolith.BuildingBlocks.Http;

/// <summary>Marks a route where passwords are tried: it has the lower rate limit.</summary>
public sealed class TriesPasswordMetadata
{
    /// <summary>The only one.</summary>
    public static TriesPasswordMetadata Instance { get; } = new();
}

/// <summary>Says it on a route.</summary>
public static class PasswordRoutes
{
    /// <summary>Adds <see cref="TriesPasswordMetadata"/>.</summary>
    public static RouteHandlerBuilder TriesPassword(this RouteHandlerBuilder route) => route.WithMetadata(TriesPasswordMetadata.Instance);
}
