using Microsoft.AspNetCore.Builder;

namespace Monolith.BuildingBlocks.Http;

/// <summary>Marks a route or page where passwords are tried: what is sent there has the lower rate limit; reading it has not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class TriesPasswordAttribute : Attribute;

/// <summary>Says it on a route.</summary>
public static class PasswordRoutes
{
    /// <summary>Adds <see cref="TriesPasswordAttribute"/>.</summary>
    public static RouteHandlerBuilder TriesPassword(this RouteHandlerBuilder route) => route.WithMetadata(new TriesPasswordAttribute());
}
