using System.Globalization;
using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ListInterceptionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet(
                "/api/v2/aibridge/interceptions",
                (string? q, string? limit, string? offset, [FromQuery(Name = "after_id")] string? afterId, IDispatcher dispatcher, CancellationToken ct) =>
                    dispatcher.SendAsync(new ListInterceptionsQuery(q, limit, offset, afterId), ct).Ok())
            .WithName("ListInterceptions").WithTags("AI usage").Searches(InterceptionSearch.Terms).Produces<InterceptionPage>();
}

[RequiresFeature(FeatureNames.AiBridge)]
[RequiresPermissionOnRows(ResourceType.AibridgeInterception, PermissionAction.Read)]
internal sealed record ListInterceptionsQuery(string? Q, string? Limit, string? Offset, string? AfterId) : IQuery<InterceptionPage>
{
    public const int DefaultLimit = 100;

    public static int? Number(string? text, int fallback) =>
        string.IsNullOrEmpty(text) ? fallback : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}

internal sealed class ListInterceptionsValidator : AbstractValidator<ListInterceptionsQuery>
{
    public ListInterceptionsValidator()
    {
        RuleFor(query => query.Limit).Must(text => ListInterceptionsQuery.Number(text, 1) is >= 1 and <= 1000).WithMessage("Must be from 1 to 1000.");
        RuleFor(query => query.Offset).Must(text => ListInterceptionsQuery.Number(text, 0) is not null).WithMessage("Must be a whole number from 0 to 2147483647.");
        RuleFor(query => query.AfterId).Must(text => string.IsNullOrEmpty(text) || Guid.TryParseExact(text, "D", out _)).WithMessage("Must be a uuid.");
        RuleFor(query => query.AfterId).Must((query, text) => string.IsNullOrEmpty(text) || ListInterceptionsQuery.Number(query.Offset, 0) is not > 0)
            .WithMessage("Must not be sent together with offset.");
    }
}

internal sealed class ListInterceptionsHandler(Db db, InterceptionSearch search, ICaller caller) : IQueryHandler<ListInterceptionsQuery, InterceptionPage>
{
    private static readonly Error UnknownCursor = Error.Invalid("after_id", "Must be the id of an interception that you may read.");

    public async Task<Result<InterceptionPage>> Handle(ListInterceptionsQuery request, CancellationToken cancellationToken)
    {
        var filter = await search.ParseAsync(request.Q, cancellationToken);
        if (!filter.IsSuccess)
            return filter.Error;
        var visible = caller.Subject.Visible(PermissionAction.Read, ResourceType.AibridgeInterception);
        Guid? after = Guid.TryParseExact(request.AfterId, "D", out var id) ? id : null;
        var list = new InterceptionSql(filter.Value, visible, caller.UserId);
        var position = after is null ? null : await db.ScalarAsync<DateTimeOffset?>(list.Cursor, list.Parameters(after), cancellationToken);
        if (after is not null && position is null)
            return UnknownCursor;

        var (rows, count) = await db.QueryWithScalarAsync<InterceptionRow, long>(
            list.Page(after is not null) + list.Count,
            list.Parameters(after, position, ListInterceptionsQuery.Number(request.Limit, ListInterceptionsQuery.DefaultLimit), ListInterceptionsQuery.Number(request.Offset, 0)),
            cancellationToken);
        return new InterceptionPage(count, [.. rows.Select(row => row.ToView())]);
    }
}

/// <summary>The statements of one list. Only conditions that are asked for stand in them, so that each form gets a plan with its own index.</summary>
internal sealed class InterceptionSql(InterceptionFilter filter, VisibleRows visible, Guid callerId)
{
    private readonly string _where = string.Concat(Conditions(filter, visible).Select(condition => $"\n    and {condition}"));

    /// <summary>When the row of the cursor started; nothing when it is unknown, hidden or running.</summary>
    public string Cursor =>
        $"""
        select started_at
        from entitlements.interceptions
        where ended_at is not null
            and id = @after_id{string.Concat(Visibility(visible).Select(condition => $"\n    and {condition}"))}
        """;

    public string Count => visible is { Everything: true, Ids: null } && filter.IsNone
        ? """
          select coalesce(sum(ended_interceptions), 0)::bigint
          from entitlements.usage_counts
          """
        : $"""
          select count(*)
          from entitlements.interceptions
          where ended_at is not null{_where}
          """;

    // One probe a row: a plain join is merged at times, with everybody up to the last initiator.
    public string Page(bool afterCursor) =>
        $"""
        select
            one.id,
            one.initiator_id,
            person.username,
            person.name,
            person.avatar_url,
            one.provider,
            one.model,
            one.client,
            one.metadata::text as metadata,
            one.started_at,
            one.ended_at
        from (
            select id, initiator_id, provider, model, client, metadata, started_at, ended_at
            from entitlements.interceptions
            where ended_at is not null{_where}{(afterCursor ? "\n    and (started_at, id) < (@after_time, @after_id)" : "")}
            order by started_at desc, id desc
            limit @limit
            offset @offset) one
        cross join lateral (
            select username, name, avatar_url
            from contracts.users
            where id = one.initiator_id
            limit 1) person
        order by one.started_at desc, one.id desc;

        """;

    public object Parameters(Guid? after, DateTimeOffset? afterTime = null, int? limit = null, int? offset = null) => new
    {
        caller = callerId,
        ids = visible.Ids?.ToArray(),
        initiator = filter.InitiatorId,
        provider = filter.Provider,
        model = filter.Model,
        client = filter.Client,
        started_after = filter.StartedAfter,
        started_before = filter.StartedBefore,
        after_id = after,
        after_time = afterTime,
        limit,
        offset,
    };

    private static IEnumerable<string> Conditions(InterceptionFilter filter, VisibleRows visible) =>
    [
        .. Visibility(visible),
        .. filter.InitiatorId is null ? Array.Empty<string>() : ["initiator_id = @initiator"],
        .. filter.Provider is null ? Array.Empty<string>() : ["provider = @provider"],
        .. filter.Model is null ? Array.Empty<string>() : ["model = @model"],
        .. filter.Client is null ? Array.Empty<string>() : ["client = @client"],
        .. filter.StartedAfter is null ? Array.Empty<string>() : ["started_at >= @started_after"],
        .. filter.StartedBefore is null ? Array.Empty<string>() : ["started_at <= @started_before"],
    ];

    // Reported interceptions have an owner and no organization (contract section 6). A key may be limited to single ones.
    private static IEnumerable<string> Visibility(VisibleRows visible)
    {
        if (visible.Ids is not null)
            yield return "id = any(@ids)";
        if (!visible.Everything)
            yield return visible.OwnedOutsideOrganizations ? "initiator_id = @caller" : "false";
    }
}
