using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ListInterceptionsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/aibridge/interceptions",
            (string? q, string? limit, string? offset, [FromQuery(Name = "after_id")] string? afterId, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListInterceptionsQuery(q, limit, offset, afterId), ct).Ok())
        .For<ListInterceptionsQuery>("list-interceptions", "Lists the interceptions that have ended and that the caller may read, newest first.")
        .Searches(InterceptionSearch.Terms)
        .Produces<InterceptionPage>();
}

[RequiresFeature(FeatureNames.AiBridge)]
[RequiresPermissionOnRows(ResourceType.AibridgeInterception, PermissionAction.Read)]
internal sealed record ListInterceptionsQuery(string? Q, string? Limit, string? Offset, string? AfterId) : IQuery<InterceptionPage>
{
    private const int DefaultLimit = 100;

    /// <summary>Call after validation.</summary>
    public PageWindow ToWindow() => new(
        Number(Limit, DefaultLimit) ?? DefaultLimit, Number(Offset, 0) ?? 0, Guid.TryParseExact(AfterId, "D", out var after) ? after : null);

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

internal sealed class ListInterceptionsHandler(IReadStore<InterceptionRow> interceptions, InterceptionSearch search, ICaller caller)
    : IQueryHandler<ListInterceptionsQuery, InterceptionPage>
{
    private static readonly Error UnknownCursor = Error.Invalid("after_id", "Must be the id of an interception that you may read.");

    public async Task<Result<InterceptionPage>> Handle(ListInterceptionsQuery request, CancellationToken cancellationToken)
    {
        var filter = await search.ParseAsync(request.Q, cancellationToken);
        if (!filter.IsSuccess)
            return filter.Error;
        var visible = VisibleInterceptions.To(caller);
        var window = request.ToWindow();
        if (window.AfterId is { } after && await interceptions.SingleOrDefaultAsync(new VisibleInterception(after, visible), cancellationToken) is null)
            return UnknownCursor;

        var page = await interceptions.PageAsync(new InterceptionPageSpecification(filter.Value, visible, window), cancellationToken);
        return new InterceptionPage(page.Count, [.. page.Rows.Select(row => row.ToView())]);
    }
}

/// <summary>Reported interceptions have an owner and no organization (contract section 6). A key may be limited to single ones.</summary>
internal sealed record VisibleInterceptions(RowVisibility Rows, IReadOnlySet<Guid>? Ids)
{
    public static VisibleInterceptions To(ICaller caller)
    {
        var visible = caller.Subject.Visible(PermissionAction.Read, ResourceType.AibridgeInterception);
        return new(
            visible.Everything ? RowVisibility.All : visible.OwnedOutsideOrganizations ? RowVisibility.Only(caller.UserId) : RowVisibility.None,
            visible.Ids);
    }

    public bool IsAll => Rows.IsAll && Ids is null;

    /// <summary>Adds the conditions: ended ones, of those that may be seen.</summary>
    public void Restrict(ISpecificationBuilder<InterceptionRow> query) => query
        .Where(interception => interception.EndedAt != null)
        .Where(interception => Ids!.Contains(interception.Id), Ids is not null)
        .VisibleTo(Rows, interception => interception.InitiatorId);
}

/// <summary>One interception; nothing when it is unknown, hidden or running.</summary>
internal sealed class VisibleInterception : SingleResultSpecification<InterceptionRow>
{
    public VisibleInterception(Guid id, VisibleInterceptions visible)
    {
        Query.Where(interception => interception.Id == id);
        visible.Restrict(Query);
    }
}

/// <summary>Newest first. The count takes no notice of the page.</summary>
internal sealed class InterceptionPageSpecification : Specification<InterceptionRow>
{
    public InterceptionPageSpecification(InterceptionFilter filter, VisibleInterceptions visible, PageWindow window)
    {
        visible.Restrict(Query);
        filter.Restrict(Query);
        Query
            .OrderByDescending(interception => interception.StartedAt)
            .ThenByDescending(interception => interception.Id)
            .After(interception => interception.Id, window.AfterId)
            .Skip(window.Offset)
            .Take(window.Limit)
            .CountEverything()
            .CountBy(visible.IsAll ? filter.Maintained : null);
    }
}
