using Microsoft.Extensions.Logging;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Results;
using static Monolith.Members.Tests.Memberships.ListFixture;

namespace Monolith.Members.Tests.Memberships;

/// <summary>The three lists with the AI-seat flag, without a database.</summary>
public sealed class ListHandlerTests
{
    private readonly ListFixture _lists = new();

    public static TheoryData<string> All => ["members", "paginated-members", "users"];

    public static TheoryData<string> Paged => ["paginated-members", "users"];

    [Theory, MemberData(nameof(All))]
    public async Task Without_the_feature_nobody_is_asked_about_and_the_flags_are_false(string list)
    {
        _lists.Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(false);
        _lists.Holders.Add(Ann);
        var listed = (await _lists.ListAsync(list)).Value;
        Assert.NotEmpty(listed.Rows);
        Assert.All(listed.Rows, row => Assert.False(row.HasAiSeat));
        Assert.Empty(_lists.SeatCalls);
        Assert.Empty(_lists.Notes.Headers);
    }

    /// <summary>Grace counts as usable: that is what IsUsable says, and the only thing that is asked.</summary>
    [Theory, MemberData(nameof(All))]
    public async Task Usable_gives_the_flag_to_holders_only(string list)
    {
        _lists.Holders.Add(Ann);
        var listed = (await _lists.ListAsync(list)).Value;
        Assert.Equal([Ann], listed.Rows.Where(row => row.HasAiSeat).Select(row => row.Id));
        Assert.True(listed.Rows.Count > 2);
        _lists.Entitlements.Received().IsUsable(FeatureNames.AiGovernanceUserLimit);
        Assert.Empty(_lists.Notes.Headers);
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_ids_of_the_page_go_out_in_one_call(string list)
    {
        var listed = (await _lists.ListAsync(list)).Value;
        Assert.Equal(listed.Ids, Assert.Single(_lists.SeatCalls));
    }

    [Theory, MemberData(nameof(Paged))]
    public async Task Only_the_ids_of_the_page_go_out(string list)
    {
        await _lists.ListAsync(list, limit: "1", offset: "1");
        Assert.Equal([Ben], Assert.Single(_lists.SeatCalls));
    }

    [Theory, MemberData(nameof(All))]
    public async Task An_empty_page_asks_nothing(string list)
    {
        _lists.People.Clear();
        var listed = (await _lists.ListAsync(list)).Value;
        Assert.Empty(listed.Rows);
        Assert.Equal(0, listed.Count);
        Assert.Empty(_lists.SeatCalls);
    }

    [Theory]
    [InlineData("paginated-members", 3)]
    [InlineData("users", 4)]
    public async Task While_no_flag_is_true_a_filter_by_seat_finds_nobody_or_everybody(string list, int everybody)
    {
        _lists.Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(false);
        Assert.Empty((await _lists.ListAsync(list, q: "has-ai-seat:true")).Value.Rows);
        Assert.Equal(everybody, (await _lists.ListAsync(list, q: "has-ai-seat:false")).Value.Rows.Count);
    }

    [Theory, MemberData(nameof(All))]
    public async Task A_failing_look_up_never_fails_the_list(string list)
    {
        _lists.Holders.Add(Ann);
        _lists.SeatsFail = new InvalidOperationException("broken");
        var listed = (await _lists.ListAsync(list)).Value;
        Assert.NotEmpty(listed.Rows);
        Assert.All(listed.Rows, row => Assert.False(row.HasAiSeat));
        Assert.Equal("ai_seat=failed", _lists.Notes.Headers["X-Monolith-Enrichment"]);
        var (level, text) = Assert.Single(_lists.Log.Lines);
        Assert.Equal(LogLevel.Warning, level);
        Assert.Contains($"for {listed.Rows.Count} users", text, StringComparison.Ordinal);
    }

    [Theory, MemberData(nameof(All))]
    public async Task Cancellation_is_no_failure_of_the_look_up(string list)
    {
        _lists.SeatsFail = new OperationCanceledException();
        await Assert.ThrowsAsync<OperationCanceledException>(() => _lists.ListAsync(list));
        Assert.Empty(_lists.Log.Lines);
        Assert.Empty(_lists.Notes.Headers);
    }

    [Theory, MemberData(nameof(All))]
    public async Task The_flag_changes_neither_order_nor_count(string list)
    {
        _lists.Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(false);
        var before = (await _lists.ListAsync(list)).Value;
        _lists.Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(true);
        _lists.Holders.Add(Cat);
        var after = (await _lists.ListAsync(list)).Value;
        Assert.Equal(before.Ids, after.Ids);
        Assert.Equal(before.Count, after.Count);
        Assert.Equal([Ann, Ben, Cat], after.Ids.Take(3));
    }

    [Theory]
    [InlineData("paginated-members", 3)]
    [InlineData("users", 4)]
    public async Task Limit_and_offset_cut_the_page_but_not_the_count(string list, int count)
    {
        var listed = (await _lists.ListAsync(list, limit: "1", offset: "1")).Value;
        Assert.Equal([Ben], listed.Ids);
        Assert.Equal(count, listed.Count);
    }

    [Theory, MemberData(nameof(Paged))]
    public async Task After_id_starts_behind_that_row(string list)
    {
        var listed = (await _lists.ListAsync(list, limit: "2", after: Ann)).Value;
        Assert.Equal([Ben, Cat], listed.Ids);
    }

    [Theory, MemberData(nameof(Paged))]
    public async Task An_unknown_cursor_is_an_empty_page(string list)
    {
        var listed = (await _lists.ListAsync(list, after: Guid.CreateVersion7())).Value;
        Assert.Empty(listed.Rows);
        Assert.Equal(0, listed.Count);
        Assert.Empty(_lists.SeatCalls);
    }

    [Theory]
    [InlineData("members")]
    [InlineData("users")]
    public async Task A_plain_member_sees_only_himself(string list)
    {
        _lists.SeesEverybody = false;
        _lists.Holders.UnionWith([Ann, Ben]);
        var listed = (await _lists.ListAsync(list)).Value;
        Assert.Equal([new Row(Ben, true)], listed.Rows);
        Assert.Equal(1, listed.Count);
        Assert.Equal([Ben], Assert.Single(_lists.SeatCalls));
    }

    [Theory]
    [InlineData("members")]
    [InlineData("paginated-members")]
    public async Task Members_of_other_organizations_are_not_listed(string list) =>
        Assert.Equal([Ann, Ben, Cat], (await _lists.ListAsync(list)).Value.Ids);

    [Theory, MemberData(nameof(All))]
    public async Task A_bad_search_names_the_key(string list)
    {
        var error = (await _lists.ListAsync(list, q: "nonsense:x")).Error;
        Assert.Equal(ErrorKind.BadRequest, error?.Kind);
        Assert.Contains(error!.Validations!, field => field.Field == "nonsense" || field.Detail.Contains("nonsense", StringComparison.Ordinal));
        Assert.Empty(_lists.SeatCalls);
    }
}
