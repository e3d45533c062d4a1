using System.Net;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Api.Hosting;
using Monolith.Data.Connections;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary><c>/readyz</c> tells of the database, and of nothing else.</summary>
public sealed class ReadinessTests
{
    [Fact]
    public async Task A_pool_without_a_free_connection_leaves_the_server_ready_and_a_lock_is_given_up()
    {
        await using var scenario = await Scenario.StartAsync(("Database:LockTimeout", "100ms"));
        var source = scenario.Server.Services.GetRequiredService<NpgsqlDataSource>();
        Assert.Equal("30s", await ScalarAsync(source, "show statement_timeout"));
        Assert.Equal("15s", await ScalarAsync(source, "show idle_in_transaction_session_timeout"));
        var background = scenario.Server.Services.GetRequiredKeyedService<NpgsqlDataSource>(DataSources.Background);
        Assert.Equal("0", await ScalarAsync(background, "show statement_timeout"));

        var pool = new NpgsqlConnectionStringBuilder(source.ConnectionString).MaxPoolSize;
        var held = new List<NpgsqlConnection>();
        while (held.Count < pool)
            held.Add(await source.OpenConnectionAsync());
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(scenario.Server.Address)).Status);
        foreach (var connection in held)
            await connection.DisposeAsync();

        await using var locker = await source.OpenConnectionAsync();
        await using var transaction = await locker.BeginTransactionAsync();
        await using (var command = new NpgsqlCommand("lock table members.users in access exclusive mode", locker))
            await command.ExecuteNonQueryAsync();
        var (_, stuck) = (await ReadyAsync(scenario.Server.Address), await scenario.Owner.GetAsync("/users?limit=1"));
        Assert.Equal(503, stuck.Code);
        Assert.NotEmpty(stuck["message"]!.GetValue<string>());
        Assert.Equal(HttpStatusCode.OK, (await ReadyAsync(scenario.Server.Address)).Status);
    }

    [Fact]
    public async Task A_database_that_turned_read_only_is_named()
    {
        await using var server = await MonolithServer.StartAsync();
        var name = new NpgsqlConnectionStringBuilder(server.ConnectionString).Database;
        await server.SqlAsync($"alter database {name} set default_transaction_read_only = on");
        await server.SqlAsync("select count(pg_terminate_backend(pid)) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()");
        var (status, detail) = await ReadyAsync(server.Address);
        Assert.Equal((HttpStatusCode.ServiceUnavailable, "Failing check: database is read-only"), (status, detail));
    }

    [Fact]
    public async Task A_disk_that_takes_no_more_is_named()
    {
        await using var server = await MonolithServer.StartAsync();
        var cramped = new NpgsqlConnectionStringBuilder(server.ConnectionString) { Options = "-c temp_file_limit=64kB" }.ConnectionString;
        await using var source = NpgsqlDataSource.Create(Database.ForProbe(cramped));
        Assert.Equal(DatabaseProbe.NoSpace, await new DatabaseProbe(source, TimeProvider.System).FailureAsync(CancellationToken.None));
        await using var free = NpgsqlDataSource.Create(Database.ForProbe(server.ConnectionString));
        Assert.Null(await new DatabaseProbe(free, TimeProvider.System).FailureAsync(CancellationToken.None));
    }

    [Fact]
    public async Task Many_questions_are_one_and_the_answer_comes_in_time()
    {
        // It takes connections and says nothing.
        using var silent = new TcpListener(IPAddress.Loopback, 0);
        silent.Start();
        var text = $"Host=127.0.0.1;Port={((IPEndPoint)silent.LocalEndpoint).Port};Username=u;Password=p;SSL Mode=Disable";
        // A pool with room: what keeps the questions together is the probe.
        await using var source = NpgsqlDataSource.Create(text);
        var clock = new FakeTimeProvider();
        var probe = new DatabaseProbe(source, clock);

        var questions = Enumerable.Range(0, 50).Select(_ => probe.FailureAsync(CancellationToken.None)).ToList();
        using var asked = await silent.AcceptTcpClientAsync();
        Assert.False(silent.Pending());
        Assert.DoesNotContain(questions, question => question.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(DatabaseProbe.Seconds));
        Assert.All(await Task.WhenAll(questions), check => Assert.Equal(DatabaseProbe.NoAnswer, check));
    }

    internal static async Task<(HttpStatusCode Status, string? Detail)> ReadyAsync(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        using var answer = await http.GetAsync("/readyz");
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["detail"]?.GetValue<string>());
    }

    private static async Task<object?> ScalarAsync(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        return await command.ExecuteScalarAsync();
    }
}
