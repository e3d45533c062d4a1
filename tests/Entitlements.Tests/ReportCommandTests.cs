using Monolith.Entitlements.AiUsage;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;

namespace Monolith.Entitlements.Tests;

/// <summary>Contract 4.1: which events of a report are stored, which are refused and why, and whom they give a seat.</summary>
public sealed class ReportCommandTests
{
    private static readonly Guid Ann = Id(0xA);
    private static readonly Guid Ben = Id(0xB);
    private static readonly Guid Org = Id(0xC);
    private static readonly Guid Ghost = Id(0xD);

    private readonly IKnownIds _known = Substitute.For<IKnownIds>();
    private readonly IBuildStore _builds = Substitute.For<IBuildStore>();
    private readonly IInterceptionStore _interceptions = Substitute.For<IInterceptionStore>();
    private readonly IWorkspaceStore _workspaces = Substitute.For<IWorkspaceStore>();
    private readonly ISeatUses _seats = Substitute.For<ISeatUses>();
    private readonly ICaller _caller = Substitute.For<ICaller>();
    private readonly AuditTrail _audit = Samples.Audit();
    private VisibleRows _mine = new(true, NoIds, false, NoIds);

    public ReportCommandTests()
    {
        var subject = Substitute.For<Subject>();
        subject.Visible(default, default).ReturnsForAnyArgs(_ => _mine);
        _caller.Subject.Returns(subject);
        _caller.UserId.Returns(Ann);
        _known.UsersAsync(null!, default).ReturnsForAnyArgs([Ann, Ben]);
        _known.OrganizationsAsync(null!, default).ReturnsForAnyArgs([Org]);
        _known.MembersAsync(null!, default).ReturnsForAnyArgs([(Ann, Org)]);
        _builds.KnownAsync(null!, default).ReturnsForAnyArgs(NoIds);
        _builds.InsertAsync([], default).ReturnsForAnyArgs(call => call.Arg<IReadOnlyList<WorkspaceBuild>>().Select(one => one.Id).ToHashSet());
        _interceptions.KnownAsync(null!, default).ReturnsForAnyArgs(NoIds);
        _interceptions.InsertAsync([], default).ReturnsForAnyArgs(call => call.Arg<IReadOnlyList<Interception>>().Select(one => one.Id).ToHashSet());
        _seats.StoreAsync("", null!, default).ReturnsForAnyArgs([]);
    }

    private static IReadOnlySet<Guid> NoIds { get; } = new HashSet<Guid>();

    [Fact]
    public async Task An_owner_or_organization_that_is_not_there_costs_only_its_event()
    {
        var answer = await ReportAsync(Build(1), Build(2) with { OwnerId = Ghost }, Build(3) with { OrganizationId = Ghost }, Build(4) with { OwnerId = Ben }, Build(5) with { OwnerId = Ghost, OrganizationId = Ghost });
        Assert.Equal((1, 0), (answer.Accepted, answer.Duplicates));
        Assert.Equal(
            [(1, "owner_id", "The user does not exist or is deleted."), (2, "organization_id", "The organization does not exist or is deleted."), (3, "owner_id", "The user is no member of the organization."), (4, "owner_id", "The user does not exist or is deleted.")],
            answer.Rejected.Select(one => (one.Index, one.Field, one.Detail)));
        Assert.Equal([Id(1)], Inserted());
    }

    [Fact]
    public async Task People_are_held_before_anybody_looks_whether_they_are_there()
    {
        await ReportAsync(Build(1));
        Received.InOrder(() =>
        {
            _known.HoldAsync(Arg.Is<IEnumerable<Guid>>(ids => ids.Single() == Ann), Arg.Any<CancellationToken>());
            _known.UsersAsync(Arg.Any<IEnumerable<Guid>>(), Arg.Any<CancellationToken>());
            _known.MembersAsync(Arg.Any<IEnumerable<(Guid, Guid)>>(), Arg.Any<CancellationToken>());
        });
    }

    [Fact]
    public async Task What_is_stored_already_is_a_duplicate_whatever_it_says_and_also_when_it_comes_twice_or_at_this_moment()
    {
        _builds.KnownAsync(null!, default).ReturnsForAnyArgs(new HashSet<Guid> { Id(1) });
        _builds.InsertAsync([], default).ReturnsForAnyArgs(new HashSet<Guid> { Id(2) });
        var answer = await ReportAsync(Build(1) with { OwnerId = Ghost }, Build(2), Build(2), Build(3));
        Assert.Equal((1, 3, 0), (answer.Accepted, answer.Duplicates, answer.Rejected.Count));
        Assert.Equal([Id(2), Id(3)], Inserted());
        Assert.Equal([Id(2)], Upserted().Select(build => build.Id));
    }

    [Fact]
    public async Task The_newest_build_says_what_a_workspace_is_and_a_deletion_wins_a_tie()
    {
        await ReportAsync(
            Build(1) with { WorkspaceId = Id(0x51), BuildNumber = 3 },
            Build(2) with { WorkspaceId = Id(0x51), BuildNumber = 2, Transition = "delete" },
            Build(3) with { WorkspaceId = Id(0x52), BuildNumber = 7 },
            Build(4) with { WorkspaceId = Id(0x52), BuildNumber = 7, Transition = "delete" });
        Assert.Equal([Id(1), Id(4)], Upserted().Select(build => build.Id));
        await _workspaces.Received(1).UpsertAsync(Arg.Any<IReadOnlyList<WorkspaceBuild>>(), _mine, Ann, Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task Only_starts_of_tasks_give_a_seat_and_the_first_use_is_noted_for_the_person()
    {
        _seats.StoreAsync("", null!, default).ReturnsForAnyArgs([Ann]);
        await ReportAsync(Build(1), Build(2) with { HasAiTask = true, CreatedAt = Samples.Now.AddHours(2) }, Build(3) with { HasAiTask = true }, Build(4) with { HasAiTask = true, Transition = "stop", CreatedAt = Samples.Now.AddHours(9) });
        await _seats.Received(1).StoreAsync(
            "task", Arg.Is<IReadOnlyList<SeatUse>>(uses => uses.Single() == new SeatUse(Ann, Samples.Now, Samples.Now.AddHours(2), "start build of a task workspace")), Arg.Any<CancellationToken>());
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal(new AuditEntry(AuditAction.Create, "ai_seat", Ann, ActorId: Ann), entry with { After = null });
        Assert.Equal("{ last_event_type = task }", entry.After!.ToString());
    }

    [Fact]
    public async Task A_report_that_changes_nothing_stores_nothing_else()
    {
        _builds.KnownAsync(null!, default).ReturnsForAnyArgs(new HashSet<Guid> { Id(1) });
        await ReportAsync(Build(1) with { HasAiTask = true });
        Assert.Empty(_workspaces.ReceivedCalls());
        Assert.Empty(_seats.ReceivedCalls());
        Assert.Empty(_audit.Entries);
    }

    [Fact]
    public async Task An_interception_of_nobody_is_refused_and_others_give_a_seat_each()
    {
        var answer = await ReportAsync(Call(1), Call(2) with { InitiatorId = Ghost }, Call(3) with { InitiatorId = Ben, StartedAt = Samples.Now.AddHours(1) }, Call(4) with { InitiatorId = Ben });
        Assert.Equal((3, 0), (answer.Accepted, answer.Duplicates));
        Assert.Equal((1, "initiator_id", "The user does not exist or is deleted."), Assert.Single(answer.Rejected.Select(one => (one.Index, one.Field, one.Detail))));
        await _seats.Received(1).StoreAsync(
            "aibridge",
            Arg.Is<IReadOnlyList<SeatUse>>(uses => uses.SequenceEqual(new[]
            {
                new SeatUse(Ann, Samples.Now, Samples.Now, "provider=p, model=m"), new SeatUse(Ben, Samples.Now, Samples.Now.AddHours(1), "provider=p, model=m"),
            })),
            Arg.Any<CancellationToken>());
        await _interceptions.DidNotReceiveWithAnyArgs().EndAsync(null!, default, null, default);
    }

    [Fact]
    public async Task A_stored_interception_is_ended_once_by_a_later_event_and_not_by_the_one_that_stored_it()
    {
        var end = Samples.Now.AddHours(1);
        _interceptions.KnownAsync(null!, default).ReturnsForAnyArgs(new HashSet<Guid> { Id(1), Id(4) });
        await ReportAsync(Call(1) with { EndedAt = end, InitiatorId = Ghost }, Call(1) with { EndedAt = end.AddHours(1) }, Call(2) with { EndedAt = end }, Call(3), Call(3) with { EndedAt = end }, Call(4));
        Assert.Equal([(Id(1), end), (Id(3), end)], Ended().Events.Select(one => (one.Id, one.EndedAt!.Value)));
    }

    [Theory]
    [InlineData(true, false, false, true, false)]
    [InlineData(false, true, false, false, true)]
    [InlineData(true, true, true, false, false)]
    [InlineData(false, false, false, false, false)]
    public async Task Whose_interceptions_may_be_ended_follows_from_whose_may_be_reported(bool everything, bool own, bool limited, bool anybodys, bool ones)
    {
        _mine = new VisibleRows(everything, NoIds, own, NoIds, limited ? NoIds : null);
        _interceptions.KnownAsync(null!, default).ReturnsForAnyArgs(new HashSet<Guid> { Id(1) });
        await ReportAsync(Call(1) with { EndedAt = Samples.Now });
        Assert.Equal((anybodys, ones ? Ann : null), (Ended().Anybodys, Ended().Initiator));
    }

    private static Guid Id(int number) => new(number, 0, 0, new byte[8]);

    private static WorkspaceBuild Build(int id) => new(Id(id), Id(0x50), "w", Ann, Org, 1, "start", false, Samples.Now);

    private static Interception Call(int id) => new(Id(id), Ann, "p", "m", null, Samples.Now, null, "{}");

    private IEnumerable<Guid> Inserted() => _builds.ReceivedCalls().SelectMany(call => call.GetArguments().OfType<IReadOnlyList<WorkspaceBuild>>()).Single().Select(one => one.Id);

    private IReadOnlyList<WorkspaceBuild> Upserted() => Assert.IsAssignableFrom<IReadOnlyList<WorkspaceBuild>>(Assert.Single(_workspaces.ReceivedCalls()).GetArguments()[0]);

    private (IReadOnlyList<Interception> Events, bool Anybodys, Guid? Initiator) Ended()
    {
        var call = Assert.Single(_interceptions.ReceivedCalls(), one => one.GetMethodInfo().Name == nameof(IInterceptionStore.EndAsync)).GetArguments();
        return ((IReadOnlyList<Interception>)call[0]!, (bool)call[1]!, (Guid?)call[2]);
    }

    private async Task<UsageReportResult> ReportAsync(params WorkspaceBuild[] builds) =>
        (await new ReportBuildsHandler(_builds, _known, new ReportedWorkspaces(_workspaces, _caller), new SeatRecorder(_seats, _audit))
            .Handle(new ReportBuildsCommand(Events(builds)), CancellationToken.None)).Value;

    private async Task<UsageReportResult> ReportAsync(params Interception[] calls) =>
        (await new ReportInterceptionsHandler(_interceptions, _known, new SeatRecorder(_seats, _audit), _caller)
            .Handle(new ReportInterceptionsCommand(Events(calls)), CancellationToken.None)).Value;

    private static UsageEvents<T> Events<T>(T[] events)
        where T : class, IUsageEvent<T> => new(null, [.. events.Select((one, index) => new ReportedEvent<T>(index, one.Id, one, null))], []);
}
