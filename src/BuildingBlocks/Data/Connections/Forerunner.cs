using System.Data.Common;
using Dapper;
using Npgsql;

namespace Monolith.Data.Connections;

/// <summary>A statement that waits for the next one and goes before it, in the same round trip. What it finds is read first; an exception there keeps the other one's rows from everybody.</summary>
internal abstract class Forerunner(string sql, DynamicParameters parameters)
{
    /// <summary>Whether it has run and was read.</summary>
    public bool IsDone { get; protected set; }

    /// <summary>By itself.</summary>
    public async Task RunAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        await using var results = await connection.QueryMultipleAsync(new CommandDefinition(sql, parameters, cancellationToken: cancellationToken));
        await ReadAsync(results);
    }

    /// <summary>Both of them, to be run at once. Their parameters have different names.</summary>
    public (string Sql, DynamicParameters Parameters) Before(string other, object? ofOther)
    {
        var all = new DynamicParameters(ofOther);
        all.AddDynamicParams(parameters);
        return (LastingTexts.Behind(sql, other), all);
    }

    /// <summary>Takes its result, which is the first.</summary>
    public abstract Task ReadAsync(SqlMapper.GridReader results);

    /// <summary>Takes its result and goes on to the next.</summary>
    public abstract Task ReadAsync(DbDataReader results, CancellationToken cancellationToken);
}

/// <param name="sql">One row, or none.</param>
/// <param name="parameters">Of names that no other statement has.</param>
/// <param name="read">Gets the row, or null.</param>
internal sealed class Forerunner<T>(string sql, DynamicParameters parameters, Action<T?> read) : Forerunner(sql, parameters)
    where T : class
{
    // Judged before the reader goes on to the other statement, which may have failed.
    public override async Task ReadAsync(SqlMapper.GridReader results)
    {
        await foreach (var row in results.ReadUnbufferedAsync<T>())
            Take(row);
        if (!IsDone)
            Take(null);
    }

    public override async Task ReadAsync(DbDataReader results, CancellationToken cancellationToken)
    {
        Take(await results.ReadAsync(cancellationToken) ? results.GetRowParser<T>()(results) : null);
        await results.NextResultAsync(cancellationToken);
    }

    private void Take(T? row)
    {
        IsDone = true;
        read(row);
    }
}
