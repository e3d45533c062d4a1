using Monolith.Data.Paging;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Memberships;
using static Monolith.Members.Tests.Memberships.ListFixture;

namespace Monolith.Members.Tests.Memberships;

/// <summary>The sentence of the handler: load the page that the caller may see; if the seat feature is usable, ask who on this page holds a seat; answer.</summary>
public sealed class MembersPageTests
{
    private readonly ListFixture _lists = new();

    [Fact]
    public async Task With_the_feature_one_question_goes_out_for_exactly_the_ids_of_the_page()
    {
        _lists.Holders.UnionWith([Cat, Dan]);
        var page = await ReadAsync(limit: "2", offset: "1");
        Assert.Equal([(Ben, false), (Cat, true)], page.Rows.Select(member => (member.UserId, member.HasAiSeat)));
        Assert.Equal(3, page.Count);
        Assert.Equal([Ben, Cat], Assert.Single(_lists.SeatCalls));
    }

    [Fact]
    public async Task Without_the_feature_no_question_goes_out()
    {
        _lists.Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(false);
        _lists.Holders.Add(Cat);
        var page = await ReadAsync(limit: "2", offset: "1");
        Assert.Equal([(Ben, false), (Cat, false)], page.Rows.Select(member => (member.UserId, member.HasAiSeat)));
        Assert.Empty(_lists.SeatCalls);
    }

    /// <summary>Filter and flags of one response follow one license, whatever happens meanwhile.</summary>
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Whether_the_feature_is_usable_is_asked_once(bool usable)
    {
        _lists.Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(usable, !usable);
        var listed = (await _lists.ListAsync("paginated-members", q: "has-ai-seat:false", limit: "9")).Value;
        Assert.Equal([Ann, Ben, Cat], listed.Ids);
        Assert.Equal(usable ? 1 : 0, _lists.SeatCalls.Count);
        _lists.Entitlements.ReceivedWithAnyArgs(1).IsUsable(null!);
    }

    [Fact]
    public async Task After_somebody_whom_the_caller_may_not_see_there_is_nothing()
    {
        _lists.SeesEverybody = false;
        Assert.Equal(Page<OrganizationMemberWithUserData>.Empty, await ReadAsync(limit: "2", after: Dan));
        Assert.Equal([Ben], (await ReadAsync(limit: "1", after: Ann)).Rows.Select(member => member.UserId));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0")]
    [InlineData("501")]
    public async Task Everything_and_more_than_a_page_is_streamed_and_asks_while_it_is_read(string? limit)
    {
        var stream = Assert.IsType<RowStream<OrganizationMemberWithUserData>>((await _lists.ListMembersPageAsync(limit: limit)).Value);
        Assert.Empty(_lists.SeatCalls);
        Assert.Equal(3, (await stream.ToPageAsync(CancellationToken.None)).Rows.Count);
        Assert.Single(_lists.SeatCalls);
    }

    // The page is finished when the handler returns: nothing is read from it later.
    private async Task<Page<OrganizationMemberWithUserData>> ReadAsync(string limit, string? offset = null, Guid? after = null) =>
        Assert.IsType<Page<OrganizationMemberWithUserData>>((await _lists.ListMembersPageAsync(limit: limit, offset: offset, after: after)).Value);
}
