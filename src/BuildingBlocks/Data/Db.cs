using System.Data;
using Dapper;
using Npgsql;

namespace Monolith.BuildingBlocks.Data;

/// <summary>The database of one request: one connection, opened late, and the transaction that commands run in. Scoped; not thread-safe.</summary>
public sealed class Db(NpgsqlDataSource source, IStatementGuard? guard = null) : IAsyncDisposable
{
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

    /// <summary>Two statements in one round trip: rows, then one value.</summary>
    public async Task<(IReadOnlyList<T> Rows, TScalar Scalar)> QueryWithScalarAsync<T, TScalar>(
        string sql, object? parameters, CancellationToken cancellationToken)
        where TScalar : struct
    {
        var command = Define(sql, parameters, cancellationToken);
        var connection = await OpenAsync(cancellationToken);
        await using var results = await connection.QueryMultipleAsync(command);
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

    /// <summary>The connection, for bulk copy and batches. It belongs to this object: do not dispose it.</summary>
    public async ValueTask<NpgsqlConnection> OpenAsync(CancellationToken cancellationToken) =>
        _connection ??= await source.OpenConnectionAsync(cancellationToken);

    /// <summary>Starts a transaction at the default isolation. Throws when one is under way.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("A transaction is already under way.");
        var connection = await OpenAsync(cancellationToken);
        _transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted, cancellationToken);
    }

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

    private async Task EndAsync()
    {
        await _transaction!.DisposeAsync();
        _transaction = null;
        _afterCommit = [];
    }

    private CommandDefinition Define(string sql, object? parameters, CancellationToken cancellationToken) =>
        new(guard is null ? sql : guard.Guard(sql), parameters, _transaction, cancellationToken: cancellationToken);
}
