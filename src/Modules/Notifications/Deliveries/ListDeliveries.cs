using System.ComponentModel;
using Microsoft.AspNetCore.Mvc;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Deliveries;

internal sealed class ListDeliveriesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/notifications/deliveries",
            ([FromQuery(Name = "status"), Description("Only deliveries that stand so: waiting, sent or dead.")] string? status, ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListDeliveriesQuery(status, list.Page), ct).AsPage(WireJson.Name(nameof(DeliveryPage.Deliveries)), list.Format, DeliveryFile.Table))
        .For<ListDeliveriesQuery>("list-notification-deliveries", "Lists what was sent, waits or was given up, the newest first, a page at a time or as CSV.")
        .Produces<DeliveryPage>();
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Read)]
internal sealed record ListDeliveriesQuery(string? Status, PageRequest Page) : IQuery<ListResult<Delivery>>;

/// <summary>A page of deliveries; without a limit, or with 0, one of 100. <c>count</c> is the number that match, and stops at 10,000; absent with <c>count=false</c>.</summary>
internal sealed record DeliveryPage(IReadOnlyList<Delivery> Deliveries, long? Count);

internal sealed class ListDeliveriesValidator : AbstractValidator<ListDeliveriesQuery>
{
    public ListDeliveriesValidator(PageRequestValidator page)
    {
        RuleFor(query => query.Page).SetValidator(page);
        RuleFor(query => query.Status).Must(status => string.IsNullOrEmpty(status) || DeliveryStatus.All.Contains(status)).WithMessage("Must be waiting, sent or dead.");
    }
}

internal sealed class ListDeliveriesHandler(IReadStore<DeliveryRow> deliveries) : IQueryHandler<ListDeliveriesQuery, ListResult<Delivery>>
{
    private const int DefaultLimit = 100;

    public async Task<Result<ListResult<Delivery>>> Handle(ListDeliveriesQuery request, CancellationToken cancellationToken)
    {
        var window = request.Page.Window;
        if (window.Limit == 0 && request.Page.Scope == ListScope.Page)
            window = window with { Limit = DefaultLimit };
        var wanted = new NewestDeliveries(string.IsNullOrEmpty(request.Status) ? null : request.Status, window);
        if (!window.IsPage)
            return deliveries.Stream(wanted).Select(ToDeliveries);
        var page = await deliveries.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(ToDeliveries, cancellationToken);
    }

    private static Task<IReadOnlyList<Delivery>> ToDeliveries(IReadOnlyList<DeliveryRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Delivery>>([.. rows.Select(Delivery.From)]);
}

/// <summary>The newest first: ids sort by time.</summary>
internal sealed class NewestDeliveries : Specification<DeliveryRow>
{
    private const int MostCounted = 10_000;

    public NewestDeliveries(string? status, PageWindow window) => Query
        .Where(delivery => delivery.Status == status, status is not null)
        .OrderByDescending(delivery => delivery.Id)
        .After(delivery => delivery.Id, window.AfterId)
        .Skip(window.Offset)
        .Take(window.Limit, window.Limit > 0)
        .Counted(window.IsCounted)
        .CountAtMost(MostCounted);
}

/// <summary>The deliveries as a file.</summary>
internal static class DeliveryFile
{
    public static CsvTable<Delivery> Table { get; } = new("notification-deliveries.csv",
    [
        new("id", delivery => delivery.Id),
        new("message_id", delivery => delivery.MessageId),
        new("rule", delivery => delivery.Rule),
        new("subject", delivery => delivery.Subject),
        new("target_id", delivery => delivery.TargetId),
        new("target_name", delivery => delivery.TargetName),
        new("kind", delivery => delivery.Kind),
        new("status", delivery => delivery.Status),
        new("attempts", delivery => delivery.Attempts.ToString(System.Globalization.CultureInfo.InvariantCulture)),
        new("last_error", delivery => delivery.LastError),
        new("created_at", delivery => delivery.CreatedAt),
        new("finished_at", delivery => delivery.FinishedAt),
    ]);
}
