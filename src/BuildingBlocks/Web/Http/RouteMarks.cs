using Microsoft.AspNetCore.Builder;

namespace Monolith.Web.Http;

/// <summary>Marks a route or page where passwords are tried: what is sent there has the lower rate limit; reading it has not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PasswordRateLimitAttribute : Attribute;

/// <summary>Marks a route that asks with a body and changes nothing, whatever its method: forging it gains nothing, so it needs no CSRF token.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ReadsOnlyAttribute : Attribute;

/// <summary>Marks what is the same for everybody: files, health, the API's description. It needs no session and nothing of the database, and may be kept by caches.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class OpenDocumentAttribute : Attribute
{
    /// <summary>No rate limit applies.</summary>
    public bool Unlimited { get; init; }
}

/// <summary>What the <c>q</c> of a route may hold, for the API document.</summary>
/// <param name="Keys">The keys of <c>key:value</c> elements, every spelling.</param>
/// <param name="Words">What elements without a key are looked for in; null when they are refused.</param>
public sealed record SearchSyntax(IReadOnlyCollection<string> Keys, string? Words);

/// <summary>What routes say about themselves.</summary>
public static class RouteMarks
{
    /// <summary>Adds <see cref="PasswordRateLimitAttribute"/>.</summary>
    public static RouteHandlerBuilder PasswordRateLimit(this RouteHandlerBuilder route) => route.WithMetadata(new PasswordRateLimitAttribute());

    /// <summary>Adds <see cref="ReadsOnlyAttribute"/>.</summary>
    public static RouteHandlerBuilder ReadsOnly(this RouteHandlerBuilder route) => route.WithMetadata(new ReadsOnlyAttribute());

    /// <summary>Adds <see cref="SearchSyntax"/>.</summary>
    public static RouteHandlerBuilder Searches(this RouteHandlerBuilder route, SearchSyntax terms) => route.WithMetadata(terms);
}
