using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Api.Tests.Hosting;
using Monolith.Data.Connections;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Members;
using Monolith.Members.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Events;

/// <summary>Work that must not undo the command: in PostgreSQL, over HTTP.</summary>
public sealed class OutboxTests : IAsyncLifetime
{
    private readonly Work _work = new();
    private Scenario _s = null!;

    public async Task InitializeAsync()
    {
        _s = await Scenario.StartWithAsync(Add);
        await EmptyAsync();
    }

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Fact]
    public async Task It_is_done_after_the_commit_once()
    {
        var id = await _s.CreateUserAsync("told");
        await Eventually.HoldsAsync(() => Task.FromResult(_work.Done.Contains((id, 1))), "the work is done");
        await EmptyAsync();
        Assert.Single(_work.Done, one => one.User == id);
        Assert.Equal("told", await ThemeAsync(id));
    }

    [Fact]
    public async Task A_command_that_is_undone_leaves_no_piece()
    {
        _work.FailsInTheTransaction = true;
        var before = _work.Done.Count;
        var answer = await _s.Owner.PostAsync("/users", new { username = "undone", email = "undone@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } });

        Assert.Equal(500, answer.Code);
        Assert.True(_work.SawItsPiece, "the piece was stored before the command failed");
        Assert.Equal(0L, await _s.Server.SqlAsync("select count(*) from platform.outbox"));
        Assert.Equal(0L, await _s.Server.SqlAsync("select count(*) from members.users where username = 'undone'"));
        Assert.Equal(before, _work.Done.Count);
    }

    [Fact]
    public async Task A_piece_that_fails_undoes_what_it_wrote_stops_no_other_and_is_tried_again()
    {
        _work.Failing = "bad";
        var (bad, good) = (await _s.CreateUserAsync("bad"), await _s.CreateUserAsync("good"));
        await Eventually.HoldsAsync(() => Task.FromResult(_work.Done.Contains((good, 1))), "the other piece is done");
        await Eventually.HoldsAsync(async () => await _s.Server.SqlAsync("select last_error from platform.outbox") is "A planted failure.", "the failure is written down");
        Assert.Null(await ThemeAsync(bad));

        _work.Failing = null;
        await Eventually.HoldsAsync(() => Task.FromResult(_work.Done.Any(one => one.User == bad)), "the piece is tried again");
        await EmptyAsync();
        Assert.True(Assert.Single(_work.Done, one => one.User == bad).Attempt > 1);
        Assert.Equal("told", await ThemeAsync(bad));
    }

    [Fact]
    public async Task A_piece_that_was_given_up_stays_to_be_seen()
    {
        _work.Failing = "bad";
        var bad = await _s.CreateUserAsync("bad");
        await Eventually.HoldsAsync(async () => await _s.Server.SqlAsync("select last_error from platform.outbox") is not null, "it failed once");
        await _s.Server.SqlAsync("update platform.outbox set attempts = 11, due_at = now()");
        await Eventually.HoldsAsync(async () => await _s.Server.SqlAsync("select dead_at is not null from platform.outbox") is true, "it is given up");
        Assert.Equal(bad.ToString(), await _s.Server.SqlAsync("select payload ->> 'UserId' from platform.outbox"));
    }

    [Fact]
    public async Task Replicas_share_the_pieces_and_do_each_once()
    {
        await using var replica = await MonolithServer.StartWithAsync(Add, _s.Server.ConnectionString);
        var there = _s.On(replica);
        var ids = new List<Guid>();
        for (var i = 0; i < 10; i++)
        {
            ids.Add(await _s.CreateUserAsync($"here{i}"));
            ids.Add(await there.CreateUserAsync($"there{i}"));
        }

        await Eventually.HoldsAsync(() => Task.FromResult(ids.TrueForAll(id => _work.Done.Any(one => one.User == id))), "all is done");
        await EmptyAsync();
        Assert.Equal(ids.Order(), _work.Done.Select(one => one.User).Where(ids.Contains).Order());
    }

    private void Add(IServiceCollection services) => services.AddSingleton(_work).AddSlices([typeof(TellTheme), typeof(FailInTheTransaction)]);

    private Task EmptyAsync() => Eventually.HoldsAsync(async () => await _s.Server.SqlAsync("select count(*) from platform.outbox") is 0L, "what is done is gone");

    private async Task<string?> ThemeAsync(Guid user) => await _s.Server.SqlAsync($"select theme_preference from members.user_settings where user_id = '{user}'") as string;

    internal sealed class Work
    {
        public ConcurrentQueue<(Guid User, int Attempt)> Done { get; } = new();

        public string? Failing { get; set; }

        public bool FailsInTheTransaction { get; set; }

        public bool SawItsPiece { get; set; }
    }

    /// <summary>Writes a row of its module that can be written once.</summary>
    internal sealed class TellTheme(Db<MembersModule> db, Work work) : IOutboxHandler<UserCreated>
    {
        public async Task HandleAsync(UserCreated happened, OutboxDelivery delivery, CancellationToken cancellationToken)
        {
            await db.ExecuteAsync("insert into members.user_settings (user_id, theme_preference) values (@UserId, 'told')", happened, cancellationToken);
            if (work.Failing is { } name && await db.ScalarAsync<string>("select username from members.users where id = @UserId", happened, cancellationToken) == name)
                throw new InvalidOperationException("A planted failure.");
            work.Done.Enqueue((happened.UserId, delivery.Attempt));
        }
    }

    internal sealed class FailInTheTransaction(Db<Platform> db, Work work) : IEventHandler<MembershipAdded>
    {
        public async Task Handle(MembershipAdded notification, CancellationToken cancellationToken)
        {
            if (!work.FailsInTheTransaction)
                return;
            work.SawItsPiece = await db.ScalarAsync<long>("select count(*) from platform.outbox", null, cancellationToken) == 1;
            throw new InvalidOperationException("A planted failure.");
        }
    }
}
