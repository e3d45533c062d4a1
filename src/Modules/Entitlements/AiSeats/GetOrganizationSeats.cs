using System.Text.Json.Serialization;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.AiSeats;

internal sealed class GetOrganizationSeatsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/organizations/{organization}/ai-seats/summary",
            (string organization, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetOrganizationSeatsQuery(organization), ct).Ok())
        .For<GetOrganizationSeatsQuery>("get-organization-ai-seat-summary", "Answers how many members of an organization hold an AI seat, beside the seats of the deployment.")
        .Produces<OrganizationSeats>();
}

[RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Read, HideRefusal = true)]
internal sealed record GetOrganizationSeatsQuery(string Organization) : IQuery<OrganizationSeats>, IOrganizationRequest;

/// <summary>The seats of one organization (contract 7.2). <c>holders</c> is the number of its members with <c>has_ai_seat</c>: 0 while the feature is not usable.</summary>
internal sealed record OrganizationSeats(long Members, long Holders, DeploymentSeats Deployment);

/// <summary>What all organizations share. Without the feature nobody holds a seat, and there is no limit. <paramref name="InGracePeriod"/> is for pages: the wire does not carry it.</summary>
internal sealed record DeploymentSeats(
    long Actual,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] long? Limit,
    SeatLevel Level,
    [property: JsonIgnore] bool InGracePeriod);

internal sealed class GetOrganizationSeatsHandler(Db<EntitlementsModule> db, CurrentOrganization organization, EntitlementSnapshot snapshot, UsageCounter counter)
    : IQueryHandler<GetOrganizationSeatsQuery, OrganizationSeats>
{
    public async Task<Result<OrganizationSeats>> Handle(GetOrganizationSeatsQuery request, CancellationToken cancellationToken)
    {
        var counts = await counter.CountAsync(cancellationToken);
        var kept = (await db.SingleOrDefaultAsync<KeptCounts>(Count, new { organization_id = organization.Id }, cancellationToken))!;
        var feature = snapshot.Compute(counts).Features[FeatureNames.AiGovernanceUserLimit];
        return feature is { Enabled: true, Limit: { } limit }
            ? new OrganizationSeats(kept.Members, kept.Holders, new DeploymentSeats(counts.AiSeats, limit, SeatSummary.LevelOf(limit, counts.AiSeats), feature.Entitlement == Entitlement.GracePeriod))
            : new OrganizationSeats(kept.Members, 0, new DeploymentSeats(0, null, SeatLevel.None, false));
    }

    private sealed record KeptCounts(long Members, long Holders);

    private const string Count =
        """
        select
            coalesce((select members from contracts.organization_counts where organization_id = @organization_id), 0) as members,
            coalesce((select holders from contracts.organization_ai_seat_counts where organization_id = @organization_id), 0) as holders
        """;
}
