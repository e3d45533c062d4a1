using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Data.Connections;
using Monolith.Data.Paging;
using Monolith.Entitlements.AiSeats;
using Monolith.Entitlements.Features;
using Npgsql;

namespace Monolith.Entitlements.Tests;

public sealed class SeatTests
{
    [Theory]
    [InlineData(89, "Ok", 11, 0)]
    [InlineData(90, "Near", 10, 0)]
    [InlineData(99, "Near", 1, 0)]
    [InlineData(100, "Full", 0, 0)]
    [InlineData(101, "Over", 0, 1)]
    public void The_summary_names_the_level(long actual, string level, long available, long over)
    {
        var summary = SeatSummary.Of(new Feature(Entitlement.Entitled, true, 100, actual), 100, actual, 0, Samples.Now, null);

        Assert.Equal((level, available, over), (summary.Level.ToString(), summary.Available, summary.Over));
    }

    [Theory]
    [InlineData(100, 90, 0.5, 20)]
    [InlineData(100, 90, 3.0, 4)]
    [InlineData(100, 110, 1.0, 0)]
    [InlineData(100, 90, 0.0, null)]
    [InlineData(100, 90, -2.0, null)]
    [InlineData(365, 0, 1.0, 365)]
    [InlineData(366, 0, 1.0, null)]
    [InlineData(long.MaxValue, 0, 0.1, null)]
    public void The_projection_follows_the_growth_for_twelve_months(long limit, long actual, double perDay, int? days)
    {
        var today = new DateOnly(2026, 4, 20);
        Assert.Equal(days is { } ahead ? today.AddDays(ahead) : null, SeatSummary.Project(today, limit, actual, perDay));
    }

    [Fact]
    public async Task Nobody_is_asked_about_for_an_empty_page()
    {
        await using var source = NpgsqlDataSource.Create("Host=nowhere.invalid");
        await using var session = new DbSession(source, NullLogger<DbSession>.Instance);
        var db = new Db<EntitlementsModule>(session, new ModuleRoles(used: false));

        Assert.Empty(await new SeatHolders(db).HoldersAmongAsync([], CancellationToken.None));
    }

    [Fact]
    public void A_bad_page_is_named_by_its_parameter()
    {
        var result = new ListSeatsValidator(new PageRequestValidator(new PagingOptions())).Validate(new ListSeatsQuery(null, PageRequest.Parse("-1", "x", "y"), SeatOrder.Default));

        Assert.Equal(["limit", "offset", "after_id"], result.Errors.Select(failure => failure.PropertyName).Distinct());
    }
}
