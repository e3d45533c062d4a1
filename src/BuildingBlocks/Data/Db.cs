using System.Data;
using Dapper;
using Npgsql;

namespace Monolith.BuildingBlocks.Data;

/// <summary>
/// The database of one request. A statement has a connection of the pool while it runs and no longer; a transaction has one from its beginning to its end.
/// So nothing is held while a body is read or an answer is written. Scoped; statements that are asked for at the same moment run one after the other.
/// </summary>
public sealed class Db(NpgsqlDataSource source, IStatementGuard? guard = null) : IAsyncDisposable
{
    // It lasts until the end of the round trip, or of the transaction.
    private const string FreshPlans = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private List<Func<CancellationToken, Task>> _afterCommit = [];
    private bool _disposed;

    /// <summary>True between <see cref="BeginAsync"/> and the end of the transaction.</summary>
    public bool InTransaction => _transaction is not null;

    /// <summary>All rows. Parameters only: never a value inside <paramref name="sql"/>.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<T>>(Own(sql), parameters, async (connection, command) => (await connection.QueryAsync<T>(command)).AsList(), cancellationToken);

    /// <summary>As <see cref="QueryAsync"/>, planned for the values at hand, however often it has run: for a range that may hold ten rows or a million.</summary>
    public Task<IReadOnlyList<T>> QueryFreshlyPlannedAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync($"{FreshPlans};\n{Own(sql)}", parameters, ReadFreshAsync<T>, cancellationToken);

    /// <summary>Two statements in one round trip: rows, then one value. Both are planned as in <see cref="QueryFreshlyPlannedAsync"/>.</summary>
    public Task<(IReadOnlyList<T> Rows, TScalar Scalar)> QueryWithScalarAsync<T, TScalar>(string sql, object? parameters, CancellationToken cancellationToken)
        where TScalar : struct =>
        RunAsync($"{FreshPlans};\n{Own(sql)}", parameters, ReadBothAsync<T, TScalar>, cancellationToken);

    /// <summary>The only row, or null. More than one is a bug and throws.</summary>
    public Task<T?> SingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(Own(sql), parameters, (connection, command) => connection.QuerySingleOrDefaultAsync<T>(command), cancellationToken);

    /// <summary>The first column of the first row, or the default.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(Own(sql), parameters, (connection, command) => connection.ExecuteScalarAsync<T>(command), cancellationToken);

    /// <summary>Runs a statement; answers the number of rows it touched.</summary>
    public Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(Own(sql), parameters, (connection, command) => connection.ExecuteAsync(command), cancellationToken);

    /// <summary>The statement as its owner may run it; called on the owner's stack for a statement that runs later.</summary>
    public string Own(string sql) => guard is null ? sql : guard.Guard(sql);

    /// <summary>Runs a query whose failure must leave the transaction under way usable. Outside of one it just runs.</summary>
    public async Task<T> ShieldAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken)
    {
        const string Shield = "shield";
        if (_transaction is null)
            return await query();
        await InTurnAsync(() => _transaction.SaveAsync(Shield, cancellationToken), cancellationToken);
        try
        {
            var answer = await query();
            await InTurnAsync(() => _transaction.ReleaseAsync(Shield, cancellationToken), cancellationToken);
            return answer;
        }
        catch when (_connection is { State: ConnectionState.Open })
        {
            await InTurnAsync(() => _transaction.RollbackAsync(Shield, CancellationToken.None), CancellationToken.None);
            throw;
        }
    }

    /// <summary>Starts a transaction. Throws when one is under way.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            if (_transaction is not null)
                throw new InvalidOperationException("A transaction is already under way.");
            _connection = await source.OpenConnectionAsync(cancellationToken);
            _transaction = await _connection.BeginTransactionAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Makes the transaction last and gives its connection back, then runs what waits for it.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        var callbacks = _afterCommit;
        await InTurnAsync(
            async () =>
            {
                await _transaction!.CommitAsync(cancellationToken);
                await EndAsync();
            },
            cancellationToken);

        // What is committed takes effect, also for a client that has gone.
        foreach (var callback in callbacks)
            await callback(CancellationToken.None);
    }

    /// <summary>Runs <paramref name="callback"/> right after the commit of the transaction under way; never after a rollback. Throws outside a transaction.</summary>
    public void OnCommitted(Func<CancellationToken, Task> callback)
    {
        if (_transaction is null)
            throw new InvalidOperationException("There is no transaction to wait for.");
        _afterCommit.Add(callback);
    }

    /// <summary>Undoes the transaction. Not cancellable: an undo must happen.</summary>
    public Task RollbackAsync() => InTurnAsync(
        async () =>
        {
            try
            {
                // A broken connection has already lost the transaction on the server.
                if (_transaction is not null && _connection is { State: ConnectionState.Open })
                    await _transaction.RollbackAsync(CancellationToken.None);
            }
            finally
            {
                await EndAsync();
            }
        },
        CancellationToken.None);

    /// <summary>Waits for the statement under way: a busy connection never goes back to the pool. A transaction that was left open is undone.</summary>
    public async ValueTask DisposeAsync()
    {
        await _turn.WaitAsync();
        try
        {
            _disposed = true;
            await EndAsync();
        }
        finally
        {
            _turn.Release();
        }
    }

    private static async Task<IReadOnlyList<T>> ReadFreshAsync<T>(NpgsqlConnection connection, CommandDefinition command)
    {
        await using var results = await connection.QueryMultipleAsync(command);
        await results.ReadAsync<string>();
        return (await results.ReadAsync<T>()).AsList();
    }

    private static async Task<(IReadOnlyList<T> Rows, TScalar Scalar)> ReadBothAsync<T, TScalar>(NpgsqlConnection connection, CommandDefinition command)
        where TScalar : struct
    {
        await using var results = await connection.QueryMultipleAsync(command);
        await results.ReadAsync<string>();
        var rows = (await results.ReadAsync<T>()).AsList();
        return (rows, await results.ReadSingleOrDefaultAsync<TScalar>());
    }

    private async Task<T> RunAsync<T>(string sql, object? parameters, Func<NpgsqlConnection, CommandDefinition, Task<T>> run, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            var command = new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellationToken);
            if (_connection is not null)
                return await run(_connection, command);
            await using var connection = await source.OpenConnectionAsync(cancellationToken);
            return await run(connection, command);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task InTurnAsync(Func<Task> step, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            await step();
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task EndAsync()
    {
        var (transaction, connection) = (_transaction, _connection);
        (_transaction, _connection, _afterCommit) = (null, null, []);
        if (transaction is not null)
            await transaction.DisposeAsync();
        if (connection is not null)
            await connection.DisposeAsync();
    }
}
