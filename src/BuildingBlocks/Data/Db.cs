using System.Data;
using System.Runtime.CompilerServices;
using Dapper;
using Npgsql;

namespace Monolith.BuildingBlocks.Data;

/// <summary>The database of one request: one connection, opened late, and the transaction that commands run in. Scoped; not thread-safe.</summary>
public sealed class Db(NpgsqlDataSource source, IStatementGuard? guard = null) : IAsyncDisposable
{
    // It lasts until the end of the round trip, or of the transaction.
    private const string FreshPlans = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private List<Func<CancellationToken, Task>> _afterCommit = [];

    /// <summary>True between <see cref="BeginAsync"/> and the end of the transaction.</summary>
    public bool InTransaction => _transaction is not null;

    /// <summary>All rows. Parameters only: never a value inside <paramref name="sql"/>.</summary>
    public async Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var command = Define(sql, parameters, cancellationToken);
        var connection = await OpenAsync(cancellationToken);
        return (IReadOnlyList<T>)await connection.QueryAsync<T>(command);
    }

    /// <summary>Two statements in one round trip: rows, then one value. Both are planned for the values at hand, however often they have run: an organization may have ten members or a million.</summary>
    public async Task<(IReadOnlyList<T> Rows, TScalar Scalar)> QueryWithScalarAsync<T, TScalar>(
        string sql, object? parameters, CancellationToken cancellationToken)
        where TScalar : struct
    {
        var command = Define($"{FreshPlans};\n{sql}", parameters, cancellationToken);
        var connection = await OpenAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(command);
        await results.ReadAsync<string>();
        var rows = (IReadOnlyList<T>)await results.ReadAsync<T>();
        return (rows, await results.ReadSingleOrDefaultAsync<TScalar>());
    }

    /// <summary>The only row, or null. More than one is a bug and throws.</summary>
    public async Task<T?> SingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var command = Define(sql, parameters, cancellationToken);
        var connection = await OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<T>(command);
    }

    /// <summary>The first column of the first row, or the default.</summary>
    public async Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var command = Define(sql, parameters, cancellationToken);
        var connection = await OpenAsync(cancellationToken);
        return await connection.ExecuteScalarAsync<T>(command);
    }

    /// <summary>Runs a statement; answers the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        var command = Define(sql, parameters, cancellationToken);
        var connection = await OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(command);
    }

    /// <summary>
    /// The rows in batches, as one moment saw them: a cursor in a read-only transaction. Memory holds one batch; what is read in between,
    /// by this object, is read at the same moment. Throws when a transaction is under way.
    /// </summary>
    public IAsyncEnumerable<IReadOnlyList<T>> StreamAsync<T>(string sql, DynamicParameters parameters, int batch)
    {
        // The driver remembers the columns of a fetch by its text, so each kind of row has a cursor of its own name.
        var cursor = $"\"{typeof(T).FullName}\"";
        var fetch = $"fetch {batch} from {cursor}";
        return FetchAsync<T>(Own($"set transaction read only;\ndeclare {cursor} no scroll cursor for\n{sql};\n{fetch}"), parameters, fetch, batch, default);
    }

    private async IAsyncEnumerable<IReadOnlyList<T>> FetchAsync<T>(
        string open, DynamicParameters parameters, string fetch, int batch, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await BeginAtAsync(IsolationLevel.RepeatableRead, cancellationToken);
        try
        {
            var rows = await QueryAsync<T>(open, parameters, cancellationToken);
            while (rows.Count > 0)
            {
                yield return rows;
                rows = rows.Count < batch ? [] : await QueryAsync<T>(fetch, null, cancellationToken);
            }
        }
        finally
        {
            await RollbackAsync();
        }
    }

    /// <summary>The statement as its owner may run it; called on the owner's stack for a statement that runs later.</summary>
    public string Own(string sql) => guard is null ? sql : guard.Guard(sql);

    /// <summary>Runs a query whose failure must leave the transaction under way usable. Outside of one it just runs.</summary>
    public async Task<T> ShieldAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken)
    {
        const string Shield = "shield";
        if (_transaction is null)
            return await query();
        await _transaction.SaveAsync(Shield, cancellationToken);
        try
        {
            var answer = await query();
            await _transaction.ReleaseAsync(Shield, cancellationToken);
            return answer;
        }
        catch when (_connection is { State: ConnectionState.Open })
        {
            await _transaction.RollbackAsync(Shield, CancellationToken.None);
            throw;
        }
    }

    /// <summary>The connection, for bulk copy and batches. It belongs to this object: do not dispose it.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        _connection ??= await source.OpenConnectionAsync(cancellationToken);

    /// <summary>Starts a transaction at the default isolation. Throws when one is under way.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => BeginAtAsync(IsolationLevel.ReadCommitted, cancellationToken);

    /// <summary>Makes the transaction last, then runs what waits for it.</summary>
    public async Task CommitAsync(CancellationToken cancellationToken)
    {
        await _transaction!.CommitAsync(cancellationToken);
        var callbacks = _afterCommit;
        await EndAsync();

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
    public async Task RollbackAsync()
    {
        if (_transaction is null)
            return;

        // A broken connection has already lost the transaction on the server.
        if (_connection is { State: ConnectionState.Open })
            await _transaction.RollbackAsync(CancellationToken.None);
        await EndAsync();
    }

    /// <summary>Gives the connection back to the pool between transactions; the next statement takes one again. For requests that wait for their client.</summary>
    public async ValueTask ReleaseAsync()
    {
        if (_transaction is not null)
            throw new InvalidOperationException("A transaction is under way.");
        if (Interlocked.Exchange(ref _connection, null) is { } connection)
            await connection.DisposeAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_transaction is not null)
            await _transaction.DisposeAsync();
        if (_connection is not null)
            await _connection.DisposeAsync();
    }

    private async Task BeginAtAsync(IsolationLevel isolation, CancellationToken cancellationToken)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("A transaction is already under way.");
        var connection = await OpenAsync(cancellationToken);
        _transaction = await connection.BeginTransactionAsync(isolation, cancellationToken);
    }

    private async Task EndAsync()
    {
        await _transaction!.DisposeAsync();
        _transaction = null;
        _afterCommit = [];
    }

    private CommandDefinition Define(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(Own(sql), parameters, _transaction, cancellationToken: cancellationToken);
}
