using System.Data;
using Dapper;
using Microsoft.Extensions.Logging;
using Monolith.Kernel.Pipeline;
using Npgsql;

namespace Monolith.Data.Connections;

/// <summary>
/// The connection of one request, which every module's <see cref="Db{TOwner}"/> shares. A statement has a connection of the pool while it runs and no longer;
/// a transaction has one from its beginning to its end. So nothing is held while a body is read or an answer is written.
/// Scoped; statements that are asked for at the same moment run one after the other.
/// </summary>
public sealed partial class DbSession(NpgsqlDataSource source, ILogger<DbSession> log) : IUnitOfWork, IAsyncDisposable
{
    private const string Savepoint = "shield";

    private readonly SemaphoreSlim _turn = new(1, 1);
    private NpgsqlDataSource _source = source;
    private NpgsqlConnection? _connection;
    private NpgsqlTransaction? _transaction;
    private List<Func<CancellationToken, Task>> _afterCommit = [];
    private Forerunner? _ahead;
    private bool _disposed;

    internal bool InTransaction => _transaction is not null;

    /// <summary>Takes connections from another pool from now on: work beside the requests has one of its own.</summary>
    internal void Use(NpgsqlDataSource other) => _source = other;

    /// <summary>Starts a transaction. Throws when one is under way.</summary>
    public Task BeginAsync(CancellationToken cancellationToken) => InTurnAsync(
        async () =>
        {
            await FinishAheadAsync(cancellationToken);
            if (_transaction is not null)
                throw new InvalidOperationException("A transaction is already under way.");
            _connection = await _source.OpenConnectionAsync(cancellationToken);
            _transaction = await _connection.BeginTransactionAsync(cancellationToken);
        },
        cancellationToken);

    /// <summary>Makes the transaction last and gives its connection back, then runs what waits for it. What is committed stands, so a failure there is logged and goes no further.</summary>
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

        foreach (var callback in callbacks)
        {
            try
            {
                // What is committed takes effect, also for a client that has gone.
                await callback(CancellationToken.None);
            }
            catch (Exception exception)
            {
                LogAfterCommit(exception);
            }
        }
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

    internal void OnCommitted(Func<CancellationToken, Task> callback)
    {
        if (_transaction is null)
            throw new InvalidOperationException("There is no transaction to wait for.");
        _afterCommit.Add(callback);
    }

    internal async Task<T> WithSavepointAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken)
    {
        if (_transaction is null)
            return await query();
        await InTurnAsync(() => _transaction.SaveAsync(Savepoint, cancellationToken), cancellationToken);
        try
        {
            var result = await query();
            await InTurnAsync(() => _transaction.ReleaseAsync(Savepoint, cancellationToken), cancellationToken);
            return result;
        }
        catch when (_connection is { State: ConnectionState.Open })
        {
            await InTurnAsync(() => _transaction.RollbackAsync(Savepoint, CancellationToken.None), CancellationToken.None);
            throw;
        }
    }

    private Forerunner? Ahead => _ahead is { IsDone: false } waiting ? waiting : null;

    /// <summary>Goes before the next statement. Throws in a transaction, which has a connection of its own.</summary>
    internal void RunAhead(Forerunner forerunner)
    {
        if (_transaction is not null)
            throw new InvalidOperationException("Nothing goes ahead of a transaction that is under way.");
        _ahead = forerunner;
    }

    /// <summary>Runs what waits to go before the next statement, by itself.</summary>
    internal Task RunAheadNowAsync(CancellationToken cancellationToken) =>
        Ahead is null ? Task.CompletedTask : InTurnAsync(() => FinishAheadAsync(cancellationToken), cancellationToken);

    /// <param name="sql">The statement.</param>
    /// <param name="parameters">Its values.</param>
    /// <param name="run">Runs it, behind the forerunner if there is one, whose result it reads first.</param>
    /// <param name="cancellationToken">The request.</param>
    internal async Task<T> RunAsync<T>(string sql, object? parameters, Func<NpgsqlConnection, CommandDefinition, Forerunner?, Task<T>> run, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_connection is not null)
                return await run(_connection, new CommandDefinition(sql, parameters, _transaction, cancellationToken: cancellationToken), null);
            await using var connection = await _source.OpenConnectionAsync(cancellationToken);
            var ahead = Ahead;
            var (both, all) = ahead is null ? (sql, parameters) : ahead.Before(sql, parameters);
            return await run(connection, new CommandDefinition(both, all, cancellationToken: cancellationToken), ahead);
        }
        finally
        {
            _turn.Release();
        }
    }

    private async Task FinishAheadAsync(CancellationToken cancellationToken)
    {
        if (Ahead is not { } ahead)
            return;
        await using var connection = await _source.OpenConnectionAsync(cancellationToken);
        await ahead.RunAsync(connection, cancellationToken);
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

    [LoggerMessage(LogLevel.Error, "What follows a commit failed; what was committed stands")]
    private partial void LogAfterCommit(Exception exception);
}
