using Microsoft.AspNetCore.Builder;

namespace Monolith.BuildingBlocks.Http;

/// <summary>What the <c>q</c> of a route may hold, for the API document.</summary>
/// <param name="Keys">The keys of <c>key:value</c> elements, every spelling.</param>
/// <param name="Words">What elements without a key are looked for in; null when they are refused.</param>
public sealed record SearchTerms(IReadOnlyCollection<string> Keys, string? Words);

/// <summary>Says it on a route.</summary>
public static class SearchRoutes
{
    /// <summary>Adds <see cref="SearchTerms"/>.</summary>
    public static RouteHandlerBuilder Searches(this RouteHandlerBuilder route, SearchTerms terms) => route.WithMetadata(terms);
}
