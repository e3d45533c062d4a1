using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

internal sealed class GetUserSeatEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/users/{user}/ai-seat",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetUserSeatQuery(user), ct).Ok())
        .For<GetUserSeatQuery>("get-user-ai-seat", "Tells whether a user holds an AI seat, and why.")
        .Produces<UserSeat>();
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
internal sealed record GetUserSeatQuery(string User) : IQuery<UserSeat>, IUserRequest;

/// <summary>Why a user holds a seat. <paramref name="Counted"/>: is a holder. <paramref name="Consuming"/>: and the feature is usable.</summary>
internal sealed record UserSeat(Guid UserId, bool Consuming, bool Counted, IReadOnlyList<SeatReason> Reasons);

/// <summary>One kind of evidence.</summary>
internal sealed class SeatReason
{
    [OneOf("SeatEventType", "aibridge", "task")]
    public string Type { get; init; } = "";

    public DateTimeOffset FirstUsedAt { get; init; }

    public DateTimeOffset LastUsedAt { get; init; }

    public long Events { get; init; }

    public string LastDescription { get; init; } = "";
}

internal sealed class GetUserSeatHandler(Db<EntitlementsModule> db, CurrentUser user, IAiSeats seats, IEntitlements entitlements) : IQueryHandler<GetUserSeatQuery, UserSeat>
{
    public async Task<Result<UserSeat>> Handle(GetUserSeatQuery request, CancellationToken cancellationToken)
    {
        var id = user.Id;
        var reasons = await db.QueryAsync<SeatReason>(Reasons, new { id, task = SeatEvidenceText.Task }, cancellationToken);
        var counted = (await seats.HoldersAmongAsync([id], cancellationToken)).Contains(id);
        return new UserSeat(id, counted && entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit), counted, reasons);
    }

    private const string Reasons =
        """
        select
            'aibridge' as type,
            min(started_at) as first_used_at,
            max(started_at) as last_used_at,
            count(*) as events,
            (select 'provider=' || newest.provider || ', model=' || newest.model
             from entitlements.interceptions newest
             where newest.initiator_id = @id
             order by newest.started_at desc
             limit 1) as last_description
        from entitlements.interceptions
        where initiator_id = @id
        having count(*) > 0
        union all
        select 'task', min(created_at), max(created_at), count(*), @task
        from entitlements.workspace_builds
        where owner_id = @id
            and transition = 'start'
            and has_ai_task
        having count(*) > 0
        """;
}
