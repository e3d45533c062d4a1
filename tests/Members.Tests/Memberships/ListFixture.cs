using Microsoft.Extensions.Logging;
using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Entitlements.Contracts;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Directory;
using Monolith.Members.Memberships;
using Monolith.Members.Users;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Memberships;

/// <summary>The three list handlers over rows in memory. Ann, Ben and Cat belong to the organization, Dan to another one.</summary>
internal sealed class ListFixture
{
    public static readonly Guid Organization = new("00000000-0000-0000-0000-00000000000a");
    public static readonly Guid Other = new("00000000-0000-0000-0000-00000000000b");
    public static readonly Guid Ann = new("00000000-0000-0000-0000-000000000009");
    public static readonly Guid Ben = new("00000000-0000-0000-0000-000000000002");
    public static readonly Guid Cat = new("00000000-0000-0000-0000-000000000005");
    public static readonly Guid Dan = new("00000000-0000-0000-0000-000000000001");

    private readonly CurrentOrganization _organization = new() { Value = new OrganizationInfo(Organization, "acme", "Acme", true, ["organization-workspace-access"]) };
    private readonly ICaller _caller = Substitute.For<ICaller>();
    private readonly IRoleNames _roles = Substitute.For<IRoleNames>();

    public ListFixture()
    {
        _roles.Site(null!).ReturnsForAnyArgs([]);
        _roles.Organization(default, null!, null).ReturnsForAnyArgs([]);
        _caller.IsAuthenticated.Returns(true);
        _caller.UserId.Returns(Ben);
        _caller.Subject.Returns(_ => new FakeSubject(Ben, SeesEverybody));
        Seats.HoldersAmongAsync(null!, default).ReturnsForAnyArgs(call => Answer(call.Arg<IReadOnlyCollection<Guid>>()));
        Entitlements.IsUsable(FeatureNames.AiGovernanceUserLimit).Returns(true);
    }

    public bool SeesEverybody { get; set; } = true;

    public HashSet<Guid> Holders { get; } = [];

    public Exception? SeatsFail { get; set; }

    public List<Guid[]> SeatCalls { get; } = [];

    public IEntitlements Entitlements { get; } = Substitute.For<IEntitlements>();

    public IAiSeats Seats { get; } = Substitute.For<IAiSeats>();

    public ResponseHeaders Notes { get; } = new();

    public ListLogger Log { get; } = new();

    /// <summary>Stored out of display order.</summary>
    public List<(Guid Id, string Name, Guid Organization)> People { get; } =
        [(Cat, "Cat", Organization), (Dan, "Dan", Other), (Ann, "Ann", Organization), (Ben, "Ben", Organization)];

    private InMemoryReadStore<MemberRow> Members => new(MemberMap.Table, People.Select(one => Rows.Member(one.Id, one.Name, one.Organization)));

    private InMemoryReadStore<UserRow> Users => new(UserMap.Table, People.Select(one => Rows.User(one.Id, one.Name, one.Organization)));

    /// <summary>Sends one of the lists and answers what the tests look at.</summary>
    public async Task<Result<Listed>> ListAsync(
        string list, string? q = null, string? limit = null, string? offset = null, Guid? after = null, string? sort = null, string? dir = null) => list switch
    {
        "members" => await Listed.OfAsync(await ListMembersAsync(q), Of),
        "paginated-members" => await Listed.OfAsync(await ListMembersPageAsync(q, limit, offset, after, sort, dir), Of),
        _ => await Listed.OfAsync(await ListUsersAsync(new ListUsersQuery(q, PageRequest.Parse(limit, offset, after?.ToString()), new OrderRequest(sort, dir))), user => new Row(user.Id, user.HasAiSeat)),
    };

    public Task<Result<ListResult<OrganizationMemberWithUserData>>> ListMembersPageAsync(
        string? q = null, string? limit = null, string? offset = null, Guid? after = null, string? sort = null, string? dir = null)
    {
        var (feature, seats) = Enrichment();
        return new ListMembersPageHandler(Members, _organization, _caller, new UserListSearch(feature, [], Substitute.For<IServiceProvider>(), TimeProvider.System), new MemberResponses(seats, _roles, Notes))
            .Handle(new ListMembersPageQuery("acme", q, PageRequest.Parse(limit, offset, after?.ToString()), new OrderRequest(sort, dir)), CancellationToken.None);
    }

    private async Task<Result<ListResult<OrganizationMemberWithUserData>>> ListMembersAsync(string? q)
    {
        var handler = new ListMembersHandler(Members, _caller, _organization, new MemberResponses(Enrichment().Seats, _roles, Notes));
        var list = await handler.Handle(new ListMembersQuery("acme", q), CancellationToken.None);
        return list.IsSuccess ? list.Value : list.Error;
    }

    private Task<Result<ListResult<User>>> ListUsersAsync(ListUsersQuery query)
    {
        var (feature, seats) = Enrichment();
        return new ListUsersHandler(Users, _caller, new UserListSearch(feature, [], Substitute.For<IServiceProvider>(), TimeProvider.System), new UserResponses(Users, seats, _roles, Notes)).Handle(query, CancellationToken.None);
    }

    // New for each request, like the services of a request.
    private (SeatFeature Feature, AiSeatEnrichment Seats) Enrichment()
    {
        var feature = new SeatFeature(Entitlements);
        return (feature, new AiSeatEnrichment(feature, Seats, Notes, Log));
    }

    private static Row Of(OrganizationMemberWithUserData member) => new(member.UserId, member.HasAiSeat);

    private Task<IReadOnlySet<Guid>> Answer(IReadOnlyCollection<Guid> ids)
    {
        SeatCalls.Add([.. ids]);
        return SeatsFail is { } failure
            ? Task.FromException<IReadOnlySet<Guid>>(failure)
            : Task.FromResult<IReadOnlySet<Guid>>(ids.Where(Holders.Contains).ToHashSet());
    }
}

internal sealed record Row(Guid Id, bool HasAiSeat);

internal sealed record Listed(IReadOnlyList<Row> Rows, long Count)
{
    public IEnumerable<Guid> Ids => Rows.Select(row => row.Id);

    public static async Task<Result<Listed>> OfAsync<T>(Result<ListResult<T>> list, Func<T, Row> row)
    {
        if (!list.IsSuccess)
            return list.Error;
        var page = await list.Value.ToPageAsync(CancellationToken.None);
        return new Listed([.. page.Rows.Select(row)], page.Count!.Value);
    }
}

internal sealed class FakeSubject(Guid userId, bool seesEverybody) : Subject
{
    public override Guid UserId => userId;

    public override bool Can(PermissionAction action, in ResourceObject target) => seesEverybody || target.OwnerId == userId;

    public override VisibleRows Visible(PermissionAction action, ResourceType type) => throw new NotSupportedException();
}

internal sealed class ListLogger : ILogger<AiSeatEnrichment>
{
    public List<(LogLevel Level, string Text)> Lines { get; } = [];

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        Lines.Add((logLevel, formatter(state, exception)));
}
