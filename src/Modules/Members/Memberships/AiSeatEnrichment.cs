using Microsoft.Extensions.Logging;
using Monolith.BuildingBlocks.Http;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Data;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Memberships;

/// <summary>The enrichment step of the users and members lists: who on this page holds an AI seat.</summary>
/// <remarks>It runs as the system, after the caller's own authorization. A failing look-up never fails the list.</remarks>
internal sealed partial class AiSeatEnrichment(IEntitlements entitlements, IAiSeats seats, ResponseNotes notes, ILogger<AiSeatEnrichment> log)
{
    private static readonly IReadOnlySet<Guid> Nobody = new HashSet<Guid>();

    public async Task<IReadOnlySet<Guid>> HoldersAmongAsync(IReadOnlyCollection<Guid> page, CancellationToken cancellationToken)
    {
        if (page.Count == 0 || !entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit))
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

/// <summary>Membership rows as answers, a batch at a time.</summary>
internal sealed class MemberEnrichment(AiSeatEnrichment seats, IRoleNames roles)
{
    public async Task<IReadOnlyList<OrganizationMemberWithUserData>> AnswerAsync(IReadOnlyList<MemberRow> rows, CancellationToken cancellationToken)
    {
        var holders = await seats.HoldersAmongAsync([.. rows.Select(row => row.UserId)], cancellationToken);
        return [.. rows.Select(row => OrganizationMemberWithUserData.From(row, roles, holders))];
    }
}
