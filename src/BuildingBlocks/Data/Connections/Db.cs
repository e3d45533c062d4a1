using System.Data.Common;
using Dapper;
using Monolith.Kernel.Modules;
using Npgsql;

namespace Monolith.Data.Connections;

/// <summary>Runs statements on the connection of the request. Handlers ask for the <see cref="Db{TOwner}"/> of their module.</summary>
public abstract class Db
{
    private readonly DbSession _session;

    private protected Db(DbSession session) => _session = session;

    /// <summary>Whether what is read may be of a transaction that is undone later.</summary>
    internal bool InTransaction => _session.InTransaction;

    /// <summary>All rows. Parameters only: never a value inside <paramref name="sql"/>.</summary>
    public Task<IReadOnlyList<T>> QueryAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync<IReadOnlyList<T>>(
            sql,
            parameters,
            async (connection, command, ahead) => (ahead is null ? await connection.QueryAsync<T>(command) : await BehindAsync(connection, command, ahead, results => results.ReadAsync<T>())).AsList(),
            cancellationToken);

    /// <summary>As <see cref="QueryAsync"/>, planned for the values at hand, however often it has run: for a range that may hold ten rows or a million.</summary>
    public Task<IReadOnlyList<T>> QueryFreshlyPlannedAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        ReadSeveralAsync<IReadOnlyList<T>>(sql, parameters, Planning.Fresh, async results => (await results.ReadAsync<T>()).AsList(), cancellationToken);

    /// <summary>Two statements in one round trip: rows, then one value. Both are planned as in <see cref="QueryFreshlyPlannedAsync"/>.</summary>
    public Task<(IReadOnlyList<T> Rows, TScalar Scalar)> QueryWithScalarAsync<T, TScalar>(string sql, object? parameters, CancellationToken cancellationToken)
        where TScalar : struct =>
        ReadSeveralAsync<(IReadOnlyList<T>, TScalar)>(
            sql, parameters, Planning.Fresh, async results => ((await results.ReadAsync<T>()).AsList(), await results.ReadSingleOrDefaultAsync<TScalar>()), cancellationToken);

    /// <summary>The only row, or null. More than one is a bug and throws.</summary>
    public Task<T?> SingleOrDefaultAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(
            sql,
            parameters,
            (connection, command, ahead) => ahead is null ? connection.QuerySingleOrDefaultAsync<T>(command) : BehindAsync(connection, command, ahead, results => results.ReadSingleOrDefaultAsync<T?>()),
            cancellationToken);

    /// <summary>The first column of the first row, or the default.</summary>
    public Task<T?> ScalarAsync<T>(string sql, object? parameters, CancellationToken cancellationToken) =>
        RunAsync(
            sql,
            parameters,
            (connection, command, ahead) => ahead is null ? connection.ExecuteScalarAsync<T>(command) : BehindAsync(connection, command, ahead, results => results.ReadFirstOrDefaultAsync<T?>()),
            cancellationToken);

    /// <summary>Runs a statement; answers the number of rows it touched.</summary>
    public async Task<int> ExecuteAsync(string sql, object? parameters, CancellationToken cancellationToken)
    {
        // Nothing is written before what goes ahead was judged.
        await _session.RunAheadNowAsync(cancellationToken);
        return await RunAsync(sql, parameters, (connection, command, _) => connection.ExecuteAsync(command), cancellationToken);
    }

    /// <summary>
    /// Runs <paramref name="sql"/> before the next statement of the request, in the same round trip. <paramref name="read"/> gets its only row, or null, first; when it throws, nobody sees what the next statement found.
    /// Throws in a transaction.
    /// </summary>
    /// <param name="sql">Changes nothing.</param>
    /// <param name="parameters">Of names that no other statement has.</param>
    /// <param name="read">Judges what was found.</param>
    public void RunAhead<T>(string sql, DynamicParameters parameters, Action<T?> read)
        where T : class => _session.RunAhead(new Forerunner<T>(Entering(sql), parameters, read));

    /// <summary>Runs what <see cref="RunAhead{T}"/> left for the next statement by itself, if it has not run yet.</summary>
    public Task RunAheadNowAsync(CancellationToken cancellationToken) => _session.RunAheadNowAsync(cancellationToken);

    /// <summary>Runs a query whose failure must leave the transaction under way usable. Outside of one it just runs.</summary>
    public Task<T> WithSavepointAsync<T>(Func<Task<T>> query, CancellationToken cancellationToken) => _session.WithSavepointAsync(query, cancellationToken);

    /// <summary>
    /// Runs <paramref name="callback"/> right after the commit of the transaction under way; never after a rollback. It cannot undo what is committed: its failure is logged,
    /// and a crash in between loses it. Work that must not be lost goes to the outbox. Throws outside a transaction.
    /// </summary>
    public void OnCommitted(Func<CancellationToken, Task> callback) => _session.OnCommitted(callback);

    /// <summary>The statement with what makes it one of its module.</summary>
    private protected virtual string Entering(string sql) => sql;

    private protected virtual Task<T> RunAsync<T>(string sql, object? parameters, Func<NpgsqlConnection, CommandDefinition, Forerunner?, Task<T>> run, CancellationToken cancellationToken) =>
        _session.RunAsync(Entering(sql), parameters, run, cancellationToken);

    private static async Task<T> BehindAsync<T>(NpgsqlConnection connection, CommandDefinition command, Forerunner ahead, Func<SqlMapper.GridReader, Task<T>> read)
    {
        await using var results = await connection.QueryMultipleAsync(command);
        await ahead.ReadAsync(results);
        return await read(results);
    }

    /// <summary>Several statements in one round trip; <paramref name="read"/> takes their results in turn.</summary>
    internal Task<TOut> ReadSeveralAsync<TOut>(string sql, object? parameters, Planning planning, Func<SqlMapper.GridReader, Task<TOut>> read, CancellationToken cancellationToken)
    {
        var settings = PlanSettings.Of(planning);
        return RunAsync(settings is null ? sql : LastingTexts.Behind(settings, sql), parameters, ReadAsync, cancellationToken);

        async Task<TOut> ReadAsync(NpgsqlConnection connection, CommandDefinition command, Forerunner? ahead)
        {
            await using var results = await connection.QueryMultipleAsync(command);
            if (ahead is not null)
                await ahead.ReadAsync(results);
            if (settings is not null)
                await results.ReadAsync<string>();
            return await read(results);
        }
    }

    /// <summary>The rows of one statement, each as <paramref name="read"/> takes it.</summary>
    internal Task<TOut> ReadRowsAsync<TOut>(string sql, object? parameters, Planning planning, Func<DbDataReader, Task<TOut>> read, CancellationToken cancellationToken)
    {
        var settings = PlanSettings.Of(planning);
        return RunAsync(settings is null ? sql : LastingTexts.Behind(settings, sql), parameters, ReadAsync, cancellationToken);

        async Task<TOut> ReadAsync(NpgsqlConnection connection, CommandDefinition command, Forerunner? ahead)
        {
            await using var results = await connection.ExecuteReaderAsync(command);
            if (ahead is not null)
                await ahead.ReadAsync(results, cancellationToken);
            if (settings is not null)
                await results.NextResultAsync(cancellationToken);
            var taken = await read(results);
            // What fails behind the rows is told here.
            while (await results.NextResultAsync(cancellationToken))
            {
            }

            return taken;
        }
    }
}

/// <summary>
/// The database as <typeparamref name="TOwner"/> sees it: its own schema and <c>contracts</c>. Where <see cref="ModuleRoles"/> are used, the database itself refuses everything else.
/// Scoped; the transaction of a command is one for all modules.
/// </summary>
public sealed class Db<TOwner>(DbSession session, ModuleRoles roles) : Db(session)
    where TOwner : ISchemaOwner
{
    private readonly string _enter = roles.Enter(TOwner.Name);

    private protected override string Entering(string sql) => _enter + sql;

    /// <exception cref="ModuleBorderException">The statement touches what the module may not.</exception>
    private protected override async Task<T> RunAsync<T>(
        string sql, object? parameters, Func<NpgsqlConnection, CommandDefinition, Forerunner?, Task<T>> run, CancellationToken cancellationToken)
    {
        try
        {
            return await base.RunAsync(sql, parameters, run, cancellationToken);
        }
        catch (PostgresException refusal) when (roles.Used && refusal.SqlState == PostgresErrorCodes.InsufficientPrivilege)
        {
            throw new ModuleBorderException(TOwner.Name, sql, refusal);
        }
    }
}

/// <summary>A module's statement touched what is not its own. A fault of the program.</summary>
public sealed class ModuleBorderException(string module, string sql, PostgresException refusal)
    : Exception($"The module {module} went over its border: {refusal.MessageText}. A module uses the schema of its name and reads contracts; what it needs of another one, that one offers in its Contracts or as a view in contracts. The statement:\n{sql}", refusal);
