using System.Net.Sockets;
using Npgsql;

namespace Monolith.Data.Connections;

/// <summary>Tells failures that pass by themselves, because the database is away, full or busy, from faults of the program. The first are answered with 503.</summary>
public static class Outage
{
    private const int MaxDepth = 8;

    /// <summary>True when the exception, or one that it wraps, says that the database cannot be used now.</summary>
    public static bool Is(Exception exception) => Is(exception, 0);

    /// <summary>A short name of what is wrong, the same for the same kind: the state of PostgreSQL, or the type of the innermost exception.</summary>
    public static string KindOf(Exception exception)
    {
        var innermost = exception;
        while (innermost is not PostgresException && innermost.InnerException is { } inner)
            innermost = inner;
        return innermost is PostgresException { SqlState: var state } ? state : innermost.GetType().Name;
    }

    private static bool Is(Exception exception, int depth)
    {
        if (IsItself(exception))
            return true;
        if (depth == MaxDepth)
            return false;
        return exception is AggregateException several
            ? several.InnerExceptions.Any(one => Is(one, depth + 1))
            : exception.InnerException is { } inner && Is(inner, depth + 1);
    }

    private static bool IsItself(Exception exception) => exception switch
    {
        PostgresException { SqlState: var state } => IsState(state),
        NpgsqlOperationInProgressException => false, // two statements at once: ours
        NpgsqlException or TimeoutException or SocketException => true,
        ObjectDisposedException { ObjectName: var name } => name.Contains("Npgsql", StringComparison.Ordinal),

        // What the driver says of a connection that broke between two statements.
        InvalidOperationException { Source: "Npgsql", Message: var text } =>
            text.Contains("not open", StringComparison.OrdinalIgnoreCase) || text.Contains("broken", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static bool IsState(string state) => state switch
    {
        ['0', '8', ..] => true, // the connection
        ['5', '3', ..] => true, // disk, memory or connections are used up
        ['5', '7', 'P', ..] => true, // shut down, starting, idle session ended
        "57014" => true, // statement_timeout
        "55P03" => true, // lock_timeout
        "25P03" => true, // idle_in_transaction_session_timeout
        "25006" => true, // read-only: a standby
        "58030" => true, // the server cannot read or write its files
        _ => false,
    };
}
