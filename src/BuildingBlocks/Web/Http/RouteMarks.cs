using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Monolith.Web.Http;

/// <summary>Marks a route or page where passwords are tried: what is sent there has the lower rate limit; reading it has not.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class PasswordRateLimitAttribute : Attribute;

/// <summary>Marks a route whose success sets the session cookie, for the API document.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class SetsSessionAttribute : Attribute;

/// <summary>Marks a route whose success carries an <c>ETag</c>, for the API document.</summary>
public sealed class HasEntityTag;

/// <summary>Marks a list whose <c>count</c> may be an estimate, for the API document.</summary>
public sealed class EstimatesCount;

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

    /// <summary>Adds <see cref="SetsSessionAttribute"/>.</summary>
    public static RouteHandlerBuilder SetsSession(this RouteHandlerBuilder route) => route.WithMetadata(new SetsSessionAttribute());

    /// <summary>Says that a success carries the tag of what it shows; a <c>GET</c> then answers <c>If-None-Match</c> with 304.</summary>
    public static RouteHandlerBuilder Tagged(this RouteHandlerBuilder route)
    {
        route.Add(endpoint =>
        {
            endpoint.Metadata.Add(new HasEntityTag());
            if (endpoint.Metadata.OfType<HttpMethodMetadata>().Any(one => one.HttpMethods.Contains(HttpMethods.Get)))
                endpoint.Metadata.Add(new ProducesResponseTypeMetadata(StatusCodes.Status304NotModified, typeof(void)));
        });
        return route;
    }

    /// <summary>Adds <see cref="SearchSyntax"/>.</summary>
    public static RouteHandlerBuilder Searches(this RouteHandlerBuilder route, SearchSyntax terms) => route.WithMetadata(terms);
}
