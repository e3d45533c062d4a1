using Monolith.Kernel.Settings;
using Microsoft.Extensions.Configuration;
using Monolith.Members.Contracts;
using Monolith.Members.Dormancy;

namespace Monolith.Members.Tests.Dormancy;

/// <summary>Contract 7.1, dormancy: one batch, and its settings.</summary>
public sealed class MakeDormantTests
{
    private readonly Desk _desk = new();
    private readonly IDormancyStore _store = Substitute.For<IDormancyStore>();

    [Fact]
    public async Task Everybody_who_fell_leaves_a_row_and_is_announced()
    {
        _store.TryTakeTurnAsync(default).ReturnsForAnyArgs(true);
        _store.MakeDormantAsync(default, default, default).ReturnsForAnyArgs([new FallenUser(Desk.Ben, "ben", true), new FallenUser(Desk.Ann, "ann", false)]);
        Assert.Equal(new DormancyBatch(2, 1, true), await RunAsync());
        Assert.Equal("Write user Ben ben: {status:active} -> {status:dormant}, 200\nWrite user Ann ann: {status:active} -> {status:dormant}, 200", _desk.Audited);
        await _desk.Events.Received(1).PublishAsync(new UserDormancyStarted(Desk.Ben), Arg.Any<CancellationToken>());
        await _store.Received(1).MakeDormantAsync(Desk.Now, 200, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Nobody_left_ends_the_round()
    {
        _store.TryTakeTurnAsync(default).ReturnsForAnyArgs(true);
        _store.MakeDormantAsync(default, default, default).ReturnsForAnyArgs([]);
        Assert.Equal(new DormancyBatch(0, 0, false), await RunAsync());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task While_another_process_is_at_it_nothing_is_looked_at()
    {
        Assert.Equal(new DormancyBatch(0, 0, false), await RunAsync());
        await _store.DidNotReceiveWithAnyArgs().MakeDormantAsync(default, default, default);
    }

    [Theory]
    [InlineData(null, 90)]
    [InlineData("", 90)]
    [InlineData("30", 30)]
    [InlineData("30d", 30)]
    [InlineData("48h", 2)]
    [InlineData("0", null)]
    public void Days_are_read_and_zero_is_off(string? text, int? days) => Assert.Equal(days is { } number ? TimeSpan.FromDays(number) : null, Read(text).After);

    [Theory]
    [InlineData("-1")]
    [InlineData("soon")]
    [InlineData("30m")]
    [InlineData("4000")]
    [InlineData("999999999")]
    public void What_is_no_time_stops_the_start(string text) =>
        Assert.StartsWith("Users__DormantAfter: ", Assert.Throws<SettingException>(() => Read(text)).Message, StringComparison.Ordinal);

    private static DormancySettings Read(string? after) => DormancySettings.Read(new ConfigurationBuilder().AddInMemoryCollection([new("Users:DormantAfter", after)]).Build());

    private async Task<DormancyBatch> RunAsync() =>
        (await new MakeDormantHandler(_store, _desk.Events, _desk.Audit).Handle(new MakeDormantCommand(Desk.Now), CancellationToken.None)).Value;
}
