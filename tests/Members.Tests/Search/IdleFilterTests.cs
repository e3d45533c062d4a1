using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Members.Directory;
using Monolith.Members.Users;
using Monolith.Kernel.Authorization;

namespace Monolith.Members.Tests.Search;

/// <summary>Contract 7.2, idle, as a filter: the same in memory as in SQL, which <c>IdleSeatTests</c> of the HTTP tests asks.</summary>
public sealed class IdleFilterTests
{
    [Theory]
    [InlineData(true, 31, 31, true)]
    [InlineData(true, 30, 31, false)]
    [InlineData(true, 31, 30, false)]
    [InlineData(false, 31, 31, false)]
    [InlineData(true, 31, null, false)]
    public async Task A_holder_is_idle_when_both_times_are_older(bool holds, int seenDaysAgo, int? usedDaysAgo, bool idle)
    {
        var user = new UserRow
        {
            Id = Desk.Ben, Username = "ben", UsernameFolded = "ben", Email = "", EmailFolded = "", Name = "", NameFolded = "", AvatarUrl = "", Status = "active", LoginType = "none", SiteRoles = [],
            GithubUserId = 0, IsServiceAccount = false, IsSystem = false, Deleted = false, CreatedAt = Desk.Now.AddDays(-400), UpdatedAt = Desk.Now, OrganizationIds = [],
            LastSeenAt = Desk.Now.AddDays(-seenDaysAgo), HoldsSeat = holds, SeatLastUsedAt = usedDaysAgo is { } days ? Desk.Now.AddDays(-days) : null,
        };
        var filter = UserSearch.Parse("ai-seat-idle:30", true).Value.At(Desk.Now);
        var page = await new InMemoryReadStore<UserRow>(UserMap.Table, [user]).PageAsync(
            new UserPageSpecification(filter, PageRequest.Of(10, 0).Window, OrderRequest.Default, RowVisibility.All), CancellationToken.None);
        Assert.Equal(idle ? 1 : 0, page.Rows.Count);
    }

    [Fact]
    public void It_takes_a_moment_counts_as_no_group_and_finds_nobody_without_the_feature()
    {
        var filter = UserSearch.Parse("ai_seat_idle:7", true).Value;
        Assert.Null(filter.WholeGroup);
        Assert.Throws<InvalidOperationException>(() => new UserPageSpecification(filter, PageRequest.Of(10, 0).Window, OrderRequest.Default, RowVisibility.All));
        Assert.True(UserSearch.Parse("ai-seat-idle:7", false).Value.IsNobody);
        Assert.Equal(9, UserSearch.Parse("ai-seat-idle:7", true, null, 9).Value.IdleDays);
        Assert.Equal(7, UserSearch.Parse("ai-seat-idle:7", true, null, 3).Value.IdleDays);
    }
}
