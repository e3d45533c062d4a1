using Npgsql;

namespace Monolith.Data.Migrations;

/// <summary>The database cannot be brought to the state that this build expects. The message names the file and says what to do.</summary>
public sealed class MigrationException : Exception
{
    internal MigrationException(string message, Exception? inner = null)
        : base(message, inner)
    {
    }

    internal static MigrationException Failed(MigrationScript script, PostgresException failure, bool inRole) => new(
        $"Migration {script.Path} failed: {failure.MessageText}." + (inRole && failure.SqlState == PostgresErrorCodes.InsufficientPrivilege
            ? $" It runs with the rights of its module: {script.Module} may change the schema {script.Module} and define objects of its own in contracts, nothing else."
            : ""),
        failure);
}
