using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Entitlements.AiUsage;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;

namespace Monolith.Entitlements.Tests;

/// <summary>The list of interceptions without a database: whose are listed, from where on, and how many there are.</summary>
public sealed class InterceptionHandlerTests
{
    private static readonly Guid Ann = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid Ben = new("00000000-0000-0000-0000-00000000000b");

    // Ended at odd hours by Ann, at even ones by Ben; the last one runs.
    private static readonly InterceptionRow[] Rows = [.. Enumerable.Range(0, 9).Select(hour => new InterceptionRow
    {
        Id = Id(hour),
        InitiatorId = hour % 2 == 0 ? Ben : Ann,
        Provider = hour < 4 ? "openai" : "anthropic",
        StartedAt = Samples.Now.AddHours(hour),
        EndedAt = hour == 8 ? null : Samples.Now.AddHours(hour + 1),
    })];

    private VisibleRows _visible = new(true, NoIds, false, NoIds);

    private static IReadOnlySet<Guid> NoIds { get; } = new HashSet<Guid>();

    [Fact]
    public async Task Ended_ones_come_newest_first_and_the_count_takes_no_notice_of_the_page()
    {
        Assert.Equal((8, "7 6 5"), await ListAsync(limit: "3"));
        Assert.Equal((8, "4 3 2"), await ListAsync(limit: "3", after: Id(5)));
        Assert.Equal((8, "1 0"), await ListAsync(offset: "6"));
        Assert.Equal((8, ""), await ListAsync(offset: "60"));
        Assert.Equal((4, "3 2 1 0"), await ListAsync(q: "provider:openai"));
    }

    [Fact]
    public async Task Who_sees_his_own_ones_sees_no_others_and_goes_on_after_none_of_them()
    {
        _visible = new(false, NoIds, true, NoIds);
        Assert.Equal((4, "7 5 3 1"), await ListAsync());
        Assert.Equal((4, "1"), await ListAsync(after: Id(3)));
        Assert.Equal("after_id", Assert.Single((await HandleAsync(after: Id(4))).Error!.Validations!).Field);
    }

    [Fact]
    public async Task Who_sees_none_gets_none()
    {
        _visible = new(false, NoIds, false, NoIds);
        Assert.Equal((0, ""), await ListAsync());
        Assert.False((await HandleAsync(after: Id(1))).IsSuccess);
    }

    [Fact]
    public async Task A_key_for_single_ones_lists_those()
    {
        _visible = _visible with { Ids = new HashSet<Guid> { Id(2), Id(8) } };
        Assert.Equal((1, "2"), await ListAsync());
    }

    [Fact]
    public async Task A_running_one_is_no_cursor() => Assert.False((await HandleAsync(after: Id(8))).IsSuccess);

    private static Guid Id(int hour) => new(hour + 1, 0, 0, new byte[8]);

    private async Task<(long Count, string Hours)> ListAsync(string? q = null, string? limit = null, string? offset = null, Guid? after = null)
    {
        var page = Assert.IsType<Page<InterceptionView>>((await HandleAsync(q, limit, offset, after)).Value);
        return (page.Count!.Value, string.Join(' ', page.Rows.Select(one => (one.StartedAt - Samples.Now).TotalHours)));
    }

    private Task<Result<ListResult<InterceptionView>>> HandleAsync(string? q = null, string? limit = null, string? offset = null, Guid? after = null)
    {
        var caller = Substitute.For<ICaller>();
        caller.UserId.Returns(Ann);
        caller.Subject.Returns(new Reader(_visible));
        return new ListInterceptionsHandler(
                new InMemoryReadStore<InterceptionRow>(InterceptionMap.Table, Rows), new InterceptionSearch(Substitute.For<IUserDirectory>(), caller), caller)
            .Handle(new ListInterceptionsQuery(q, PageRequest.Parse(limit ?? "100", offset, after?.ToString())), CancellationToken.None);
    }

    private sealed class Reader(VisibleRows visible) : Subject
    {
        public override Guid UserId => Ann;

        public override bool Can(PermissionAction action, in ResourceObject target) => false;

        public override VisibleRows Visible(PermissionAction action, ResourceType type) => visible;
    }
}
