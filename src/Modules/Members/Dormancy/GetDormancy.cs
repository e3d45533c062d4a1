using System.Globalization;
using System.Text.Json.Serialization;
using Monolith.Members.Directory;

namespace Monolith.Members.Dormancy;

internal sealed class GetDormancyEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/dormancy",
            (string? days, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetDormancyQuery(new AwayDays(days)), ct).Ok())
        .For<GetDormancyQuery>("get-dormancy", "Answers how many users would become dormant now, and how many AI seats that frees.")
        .Produces<Dormancy>();
}

/// <summary>The days that a question is about, as they were sent. Absent and empty: those of the setting.</summary>
internal sealed record AwayDays(string? Sent)
{
    public const int Most = 3650;

    public bool IsSound => string.IsNullOrEmpty(Sent) || Read() is >= 1 and <= Most;

    public int Or(int fallback) => string.IsNullOrEmpty(Sent) ? fallback : Read()!.Value;

    private int? Read() => int.TryParse(Sent, NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : null;
}

[RequiresPermission(ResourceType.User, PermissionAction.Read)]
internal sealed record GetDormancyQuery(AwayDays Days) : IQuery<Dormancy>;

/// <summary>Who would become dormant (contract 7.1).</summary>
/// <param name="AfterDays">The setting <c>Users__DormantAfter</c>; null when nobody becomes dormant by time.</param>
/// <param name="IncludesServiceAccounts">The setting <c>Users__DormantServiceAccounts</c>.</param>
/// <param name="Days">What the numbers are about.</param>
/// <param name="Users">Active users without a request and without AI use for longer than that, the last owner aside.</param>
/// <param name="AiSeats">How many of them hold an AI seat; 0 while the feature is not usable.</param>
internal sealed record Dormancy(
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] int? AfterDays, bool IncludesServiceAccounts, int Days, long Users, long AiSeats);

internal sealed class GetDormancyValidator : AbstractValidator<GetDormancyQuery>
{
    public GetDormancyValidator() => RuleFor(query => query.Days).Must(days => days.IsSound).WithMessage($"Must be a number of days from 1 to {AwayDays.Most}.");
}

internal sealed class GetDormancyHandler(IDormancyStore store, DormancySettings settings, SeatFeature feature, TimeProvider clock) : IQueryHandler<GetDormancyQuery, Dormancy>
{
    public async Task<Result<Dormancy>> Handle(GetDormancyQuery request, CancellationToken cancellationToken)
    {
        var days = request.Days.Or(settings.Days);
        var count = await store.CountAsync(clock.GetUtcNow().AddDays(-days), cancellationToken);
        return new Dormancy(settings.After is null ? null : settings.Days, settings.IncludesServiceAccounts, days, count.Users, feature.IsUsable ? count.Seats : 0);
    }
}
