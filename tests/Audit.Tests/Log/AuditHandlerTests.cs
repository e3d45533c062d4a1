using Monolith.Audit.Log;
using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Roles.Contracts;

namespace Monolith.Audit.Tests.Log;

/// <summary>The list over rows in memory: who sees what, and what a search means.</summary>
public sealed class AuditHandlerTests
{
    private static readonly DateTimeOffset Day = new(2026, 1, 31, 9, 0, 0, TimeSpan.Zero);
    private static readonly Guid Acme = new("00000000-0000-0000-0000-0000000000ac");
    private static readonly Guid Ann = new("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid OldAnn = new("00000000-0000-0000-0000-0000000000aa");

    private readonly ICaller _caller = Substitute.For<ICaller>();
    private readonly IActors _actors = Substitute.For<IActors>();
    private readonly IOrganizationDirectory _organizations = Substitute.For<IOrganizationDirectory>();
    private readonly IRoleNames _roles = Substitute.For<IRoleNames>();

    private readonly AuditLogRow[] _rows =
    [
        Row("a", Day, Ann),
        Row("b", Day.AddDays(1), OldAnn, Acme),
        Row("c", Day.AddDays(2), null, Acme, 401),
    ];

    public AuditHandlerTests()
    {
        _caller.UserId.Returns(Ann);
        _roles.Site(null!).ReturnsForAnyArgs([]);
        _actors.NamedAsync("ann", Arg.Any<CancellationToken>()).Returns([Ann, OldAnn]);
        _actors.WithEmailAsync("ann@example.com", Arg.Any<CancellationToken>()).Returns([Ann]);
        _actors.NamedAsync("nobody", Arg.Any<CancellationToken>()).Returns([]);
        _organizations.FindAsync("acme", Arg.Any<CancellationToken>()).Returns(new OrganizationInfo(Acme, "acme", "Acme", false, []));
    }

    [Theory]
    [InlineData("", "c b a")]
    [InlineData("username:ANN", "b a")]
    [InlineData("username:me", "a")]
    [InlineData("email:Ann@example.com username:ann", "a")]
    [InlineData("username:nobody", "")]
    [InlineData("organization:acme", "c b")]
    [InlineData("organization:00000000-0000-0000-0000-0000000000ac result:failure", "c")]
    [InlineData("result:success", "b a")]
    [InlineData("date_from:2026-02-01 date_to:2026-02-01", "b")]
    [InlineData("date_to:\"2026-02-01T09:00:00Z\"", "b a")]
    [InlineData("resource_target:b", "b")]
    public async Task A_search_keeps_what_it_says(string q, string expected) => Assert.Equal(expected, await ListAsync(q, all: true));

    [Theory]
    [InlineData("", "c b")]
    [InlineData("username:ann", "b")]
    [InlineData("organization:acme result:success", "b")]
    public async Task A_reader_of_an_organization_sees_its_rows_alone(string q, string expected) => Assert.Equal(expected, await ListAsync(q, all: false));

    [Theory]
    [InlineData("organization:nowhere")]
    [InlineData("organization:00000000-0000-0000-0000-0000000000ad")]
    public async Task An_organization_whose_log_is_hidden_is_not_there(string q)
    {
        var (_, error) = await AskAsync(q, all: false, PageRequest.Parse("10", null, null));
        Assert.Equal("organization", Assert.Single(error!.Validations!).Field);
    }

    [Fact]
    public async Task Behind_a_hidden_row_there_is_nothing()
    {
        var (page, _) = await AskAsync("", all: false, PageRequest.Parse("10", null, _rows[0].Id.ToString()));
        Assert.Empty(page!.Rows);
        (page, _) = await AskAsync("", all: true, PageRequest.Parse("10", null, _rows[1].Id.ToString()));
        Assert.Equal(["a"], page!.Rows.Select(row => row.ResourceTarget));
        Assert.Equal(3, page.Count);
    }

    private async Task<string> ListAsync(string q, bool all) =>
        string.Join(' ', (await AskAsync(q, all, PageRequest.Parse("10", null, null))).Page!.Rows.Select(row => row.ResourceTarget));

    private async Task<(Page<AuditLog>? Page, Error? Error)> AskAsync(string q, bool all, PageRequest page)
    {
        var subject = Substitute.For<Subject>();
        subject.Visible(default, default).ReturnsForAnyArgs(new VisibleRows(all, new HashSet<Guid> { Acme }, true, new HashSet<Guid>()));
        _caller.Subject.Returns(subject);
        var handler = new ListAuditLogsHandler(new InMemoryReadStore<AuditLogRow>(AuditLogMap.Table, _rows), new AuditSearch(_organizations, _actors, _caller), _roles, _caller);
        var result = await handler.Handle(new ListAuditLogsQuery(q, page), CancellationToken.None);
        return result.IsSuccess ? (await result.Value.ToPageAsync(CancellationToken.None), null) : (null, result.Error);
    }

    private static AuditLogRow Row(string target, DateTimeOffset at, Guid? actor, Guid? organization = null, int status = 200) =>
        new() { Id = Guid.CreateVersion7(), At = at, ActorId = actor, Action = "write", ResourceType = "user", Target = target, OrganizationId = organization, Status = status };
}
