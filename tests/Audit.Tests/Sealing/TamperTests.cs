using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Audit.Tests.Sealing;

/// <summary>Somebody with the database's password changes the log, and the chain tells where.</summary>
public sealed class TamperTests : IAsyncLifetime
{
    private Scenario _s = null!;

    public async Task InitializeAsync()
    {
        _s = await Scenario.StartAsync();
        for (var i = 0; i < 5; i++)
            await _s.CreateUserAsync($"user{i}");
        var untouched = await _s.SealedAsync();
        Assert.True(untouched["valid"]!.GetValue<bool>(), untouched.ToJsonString());
        Assert.True(untouched["verified"]!.GetValue<long>() >= 7);
        Assert.Equal(untouched["verified"]!.GetValue<long>(), untouched["position"]!.GetValue<long>());
    }

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Theory]
    [InlineData("update platform.audit_logs set target = 'somebody' where id = @id")]
    [InlineData("update platform.audit_logs set actor_id = null where id = @id")]
    [InlineData("update platform.audit_logs set at = at - interval '1 microsecond' where id = @id")]
    [InlineData("update platform.audit_logs set after = after || '{\"username\": \"other\"}' where id = @id")]
    [InlineData("update platform.audit_logs set status = 403 where id = @id")]
    [InlineData("update platform.audit_logs set user_agent = '' where id = @id")]
    [InlineData("update audit.seals set hash = sha256('x') where row_id = @id")]
    [InlineData("delete from platform.audit_logs where id = @id")]
    public async Task A_row_that_was_changed_or_removed_is_named(string sql) => Assert.Equal(await RowAsync(3), (await AfterAsync(sql, 3)).Text("id"));

    [Fact]
    public async Task A_row_that_was_removed_with_its_seal_is_missed_at_its_position()
    {
        var fault = await AfterAsync("delete from platform.audit_logs where id = @id; delete from audit.seals where row_id = @id", 3);
        Assert.Equal(3, fault["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task Rows_that_changed_places_are_found()
    {
        var fault = await AfterAsync(
            """
            update audit.seals set row_id = gen_random_uuid() where position = 4;
            update audit.seals set row_id = (select id from platform.audit_logs where id = @id), position = -3 where position = 3;
            update audit.seals set position = 3, row_id = (select id from platform.audit_logs l where not exists (select from audit.seals s where s.row_id = l.id)) where position = 4;
            update audit.seals set position = 4 where position = -3
            """, 3);
        Assert.Equal(3, fault["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task Rows_whose_contents_changed_places_are_found() => Assert.Equal(await RowAsync(3), (await AfterAsync(
        """
        update platform.audit_logs l
        set target = o.target, after = o.after, resource_id = o.resource_id
        from platform.audit_logs o
        where (l.id = @id and o.id = (select row_id from audit.seals where position = 4))
           or (o.id = @id and l.id = (select row_id from audit.seals where position = 4))
        """, 3)).Text("id"));

    [Fact]
    public async Task A_row_that_was_put_in_is_named()
    {
        var id = Guid.CreateVersion7();
        var fault = await AfterAsync($"insert into platform.audit_logs (id, at, action, resource_type, status) values ('{id}', now() - interval '1 hour', 'delete', 'user', 200)", 3);
        Assert.Equal(id.ToString(), fault.Text("id"));
    }

    [Fact]
    public async Task A_row_that_was_put_in_with_a_seal_of_its_own_is_found()
    {
        var fault = await AfterAsync(
            """
            insert into platform.audit_logs (id, at, action, resource_type, status) values ('00000000-0000-0000-0000-000000000001', now(), 'delete', 'user', 200);
            update audit.seals set position = -position - 1 where position > 3;
            update audit.seals set position = -position where position < 0;
            insert into audit.seals values (4, '00000000-0000-0000-0000-000000000001', sha256('x'));
            update audit.segments set last_position = last_position + 1
            """, 3);
        Assert.Equal(4, fault["position"]!.GetValue<long>());
    }

    [Fact]
    public async Task An_end_that_was_cut_off_is_found() => Assert.NotNull(await AfterAsync(
        "with cut as (delete from audit.seals where position > 3 returning row_id) delete from platform.audit_logs where id in (select row_id from cut)", 3));

    [Fact]
    public async Task A_row_that_vanished_before_its_seal_is_named()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal(id.ToString(), (await AfterAsync($"insert into platform.unsealed_audit_logs values ('{id}')", 3)).Text("id"));
    }

    /// <summary>What the first fault is after a statement about the row at a position.</summary>
    private async Task<JsonNode> AfterAsync(string sql, long position)
    {
        await _s.Server.SqlAsync(sql.Replace("@id", $"'{await RowAsync(position)}'", StringComparison.Ordinal));
        var found = (await _s.Owner.GetAsync("/audit/verify")).Json!;
        Assert.False(found["valid"]!.GetValue<bool>());
        return found["fault"]!;
    }

    private async Task<string> RowAsync(long position) => (string)(await _s.Server.SqlAsync($"select row_id::text from audit.seals where position = {position}"))!;
}
