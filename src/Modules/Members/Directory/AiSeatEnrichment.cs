using Microsoft.Extensions.Logging;
using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Directory;

/// <summary>The enrichment step of the users and members lists: who on this page holds an AI seat.</summary>
/// <remarks>It runs as the system, after the caller's own authorization. A failing look-up never fails the list.</remarks>
internal sealed partial class AiSeatEnrichment(SeatFeature feature, IAiSeats seats, ResponseHeaders notes, ILogger<AiSeatEnrichment> log)
{
    private static readonly IReadOnlySet<Guid> Nobody = new HashSet<Guid>();

    public async Task<IReadOnlySet<Guid>> HoldersAmongAsync(IReadOnlyCollection<Guid> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0 || !feature.IsUsable)
            return Nobody;
        try
        {
            return await seats.HoldersAmongAsync(page, cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            LogFailed(exception, page.Count);
            notes.EnrichmentFailed("ai_seat");
            return Nobody;
        }
    }

    [LoggerMessage(LogLevel.Warning, "The AI seat look-up failed for {Count} users; their flags are false.")]
    private partial void LogFailed(Exception exception, int count);
}

/// <summary>Whether AI seats are usable: asked once a request, so that order, filter and flags agree whatever happens to a license meanwhile. Scoped.</summary>
internal sealed class SeatFeature(IEntitlements entitlements)
{
    private bool? _isUsable;

    public bool IsUsable => _isUsable ??= entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit);
}
