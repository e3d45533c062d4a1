using System.Text.Json.Serialization;
using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Paging;
using Monolith.BuildingBlocks.Results;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiSeats;

internal sealed class ListSeatsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/v2/ai-seats", (string? q, string? limit, string? offset, string? after_id, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new ListSeatsQuery(q, new PageRequest(limit, offset, after_id)), cancellationToken).Ok())
            .WithName("ListAiSeats").WithTags("AI seats").Produces<SeatPage>();
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record ListSeatsQuery(string? Search, PageRequest Page) : IQuery<SeatPage>;

/// <summary>A page of everybody with evidence; <paramref name="Count"/> is the number before paging.</summary>
internal sealed record SeatPage(IReadOnlyList<Seat> Seats, long Count);

/// <summary>One person with evidence of AI use. <paramref name="IsServiceAccount"/> is for pages: the wire does not carry it.</summary>
internal sealed record Seat(
    SeatUser User,
    string Status,
    bool Consuming,
    DateTimeOffset FirstUsedAt,
    DateTimeOffset LastUsedAt,
    string LastEventType,
    string LastEventDescription,
    [property: JsonIgnore] bool IsServiceAccount);

internal sealed record SeatUser(Guid Id, string Username, string Name, string AvatarUrl);

internal sealed class ListSeatsValidator : AbstractValidator<ListSeatsQuery>
{
    public ListSeatsValidator(PageRequestValidator page)
    {
        RuleFor(query => query.Page).SetValidator(page);
        RuleFor(query => query.Search).MaximumLength(512).Must(text => text?.Contains('\0', StringComparison.Ordinal) != true)
            .OverridePropertyName("q").WithMessage("Must be text of at most 512 characters.");
    }
}

internal sealed class ListSeatsHandler(Db db, IEntitlements entitlements) : IQueryHandler<ListSeatsQuery, SeatPage>
{
    public async Task<Result<SeatPage>> Handle(ListSeatsQuery request, CancellationToken cancellationToken)
    {
        var page = request.Page.ToPage();
        var usable = entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit);
        var parameters = new { search = Pattern(request.Search), limit = page.Limit, offset = page.Offset, after_id = page.AfterId };
        var rows = await db.QueryAsync<SeatRow>(Select, parameters, cancellationToken);
        return new SeatPage([.. rows.Select(row => row.ToSeat(usable))], rows.Count == 0 ? 0 : rows[0].Total);
    }

    private static string? Pattern(string? text) => string.IsNullOrWhiteSpace(text)
        ? null
        : $"%{text.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";

    private sealed class SeatRow
    {
        public Guid UserId { get; init; }

        public string Username { get; init; } = "";

        public string Name { get; init; } = "";

        public string AvatarUrl { get; init; } = "";

        public string Status { get; init; } = "";

        public bool IsActive { get; init; }

        public bool IsServiceAccount { get; init; }

        public DateTimeOffset FirstUsedAt { get; init; }

        public DateTimeOffset LastUsedAt { get; init; }

        public string LastEventType { get; init; } = "";

        public string LastEventDescription { get; init; } = "";

        public long Total { get; init; }

        public Seat ToSeat(bool usable) =>
            new(new(UserId, Username, Name, AvatarUrl), Status, IsActive && usable, FirstUsedAt, LastUsedAt, LastEventType, LastEventDescription, IsServiceAccount);
    }

    private const string Select =
        """
        select
            seat.user_id,
            person.username,
            person.name,
            person.avatar_url,
            person.status,
            person.is_active,
            person.is_service_account,
            seat.first_used_at,
            seat.last_used_at,
            seat.last_event_type,
            seat.last_event_description,
            count(*) over () as total
        from entitlements.ai_seat_state seat
        join contracts.users person on person.id = seat.user_id
        left join entitlements.ai_seat_state cursor on cursor.user_id = @after_id::uuid
        where not person.deleted
            and (@search::text is null or person.username ilike @search or person.name ilike @search)
            and (
                @after_id::uuid is null
                or seat.last_used_at < cursor.last_used_at
                or (seat.last_used_at = cursor.last_used_at and seat.user_id > cursor.user_id))
        order by seat.last_used_at desc, seat.user_id
        limit nullif(@limit, 0)
        offset @offset
        """;
}
