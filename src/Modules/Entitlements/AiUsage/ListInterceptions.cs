using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.AiUsage;

internal sealed class ListInterceptionsEndpoint : ICarterModule
{
    private const string DefaultLimit = "100";

    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/aibridge/interceptions",
            (string? q, [Range(1, 1000)] string? limit, string? offset, [FromQuery(Name = "after_id")] string? afterId, string? count, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListInterceptionsQuery(q, PageRequest.Parse(string.IsNullOrEmpty(limit) ? DefaultLimit : limit, offset, afterId, count)), ct)
                    .AsPage(WireJson.Name(nameof(InterceptionPage.Results))))
        .For<ListInterceptionsQuery>("list-interceptions", "Lists the interceptions that have ended and that the caller may read, newest first.")
        .Searches(InterceptionSearch.Terms)
        .Produces<InterceptionPage>();
}

[RequiresFeature(FeatureNames.AiBridge)]
[RequiresPermissionOnRows(ResourceType.AibridgeInterception, PermissionAction.Read)]
internal sealed record ListInterceptionsQuery(string? Q, PageRequest Page) : IQuery<ListResult<InterceptionView>>;

internal sealed class ListInterceptionsValidator : AbstractValidator<ListInterceptionsQuery>
{
    public ListInterceptionsValidator(PageRequestValidator page)
    {
        RuleFor(query => query.Page).SetValidator(page);
        RuleFor(query => query.Page.Window.Limit).InclusiveBetween(1, 1000)
            .When(query => query.Page.Faults.All(fault => fault.Field != "limit"))
            .OverridePropertyName("limit").WithMessage("Must be from 1 to 1000.");
        RuleFor(query => query.Page.Window.AfterId).Null().When(query => query.Page.Window.Offset > 0)
            .OverridePropertyName("after_id").WithMessage("Must not be sent together with offset.");
    }
}

internal sealed class ListInterceptionsHandler(IReadStore<InterceptionRow> interceptions, InterceptionSearch search, ICaller caller)
    : IQueryHandler<ListInterceptionsQuery, ListResult<InterceptionView>>
{
    private static readonly Error UnknownCursor = Error.Invalid("after_id", "Must be the id of an interception that you may read.");

    public async Task<Result<ListResult<InterceptionView>>> Handle(ListInterceptionsQuery request, CancellationToken cancellationToken)
    {
        var filter = await search.ParseAsync(request.Q, cancellationToken);
        if (!filter.IsSuccess)
            return filter.Error;
        var visible = VisibleInterceptions.To(caller);
        var window = request.Page.Window;
        if (window.AfterId is { } after && await interceptions.SingleOrDefaultAsync(new VisibleInterception(after, visible), cancellationToken) is null)
            return UnknownCursor;

        var page = await interceptions.PageAsync(new InterceptionPageSpecification(filter.Value, visible, window), cancellationToken);
        return await page.SelectAsync((rows, _) => Task.FromResult<IReadOnlyList<InterceptionView>>([.. rows.Select(row => row.ToView())]), cancellationToken);
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
            .Counted(window.IsCounted)
            .CountEverything()
            .CountBy(visible.IsAll ? filter.Maintained : null);
    }
}
