using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Entitlements.AiSeats;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Results;

namespace Monolith.Entitlements.Tests;

/// <summary>The list of seats without a database.</summary>
public sealed class SeatListHandlerTests
{
    private readonly IEntitlements _entitlements = Substitute.For<IEntitlements>();
    private readonly IUserSearch _search = Substitute.For<IUserSearch>();

    public SeatListHandlerTests() => _search.Parse(null, default).ReturnsForAnyArgs(Result<IUserFilter>.Fail(Error.BadRequest("Not the same answer twice.")));

    /// <summary>Filter and flags follow one answer, whatever happens to a license meanwhile.</summary>
    [Theory]
    [InlineData(true, "ann=True ben=False")]
    [InlineData(false, "ann=False ben=False")]
    public async Task A_seat_counts_while_the_feature_is_usable_which_is_asked_once(bool usable, string expected)
    {
        _entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(usable, !usable);
        _search.Parse("x", usable).Returns(new Everybody());
        var page = Assert.IsType<Page<Seat>>((await ListAsync("9")).Value);
        Assert.Equal(expected, string.Join(' ', page.Rows.Select(seat => $"{seat.User.Username}={seat.Consuming}")));
        Assert.Equal(2, page.Count);
        _entitlements.ReceivedWithAnyArgs(1).IsUsable(null!);
    }

    [Fact]
    public async Task Everything_is_streamed()
    {
        _search.Parse("x", false).Returns(new Everybody());
        var stream = Assert.IsType<RowStream<Seat>>((await ListAsync("0")).Value);
        Assert.Equal(["ann", "ben"], (await stream.ToPageAsync(CancellationToken.None)).Rows.Select(seat => seat.User.Username));
    }

    private Task<Result<ListResult<Seat>>> ListAsync(string limit) =>
        new ListSeatsHandler(new InMemoryReadStore<SeatRow>(SeatMap.Table, [Row("ben", false), Row("ann", true)]), _search, _entitlements)
            .Handle(new ListSeatsQuery("x", PageRequest.Parse(limit, null, null), SeatOrder.Default), CancellationToken.None);

    private static SeatRow Row(string name, bool holdsSeat) => new()
    {
        UserId = Guid.CreateVersion7(),
        SortName = name,
        Username = name,
        Name = name,
        AvatarUrl = "",
        Status = "active",
        HoldsSeat = holdsSeat,
        FirstUsedAt = Samples.Now,
        LastUsedAt = Samples.Now,
        LastEventType = "aibridge",
        LastEventDescription = "",
    };

    private sealed class Everybody : IUserFilter
    {
        public SeatGroup? WholeGroup => SeatGroup.Everybody;

        public void Restrict<T>(ISpecificationBuilder<T> query)
            where T : class, IFilterableUser
        {
        }
    }
}
