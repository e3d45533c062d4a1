using Dapper;
using Monolith.Data.Connections;
using Npgsql;

namespace Monolith.Api.Hosting;

/// <summary>Looks whether a database can carry this program: version, encoding, rights, extensions, and whether it may be written to.</summary>
internal static class DatabaseExamination
{
    public const int OldestMajor = 15;
    public const int NewestMajor = 18;

    public const string ReadOnly =
        "The database is read-only. If it is a standby, lead ConnectionStrings__Monolith to the primary: name all servers in Host, with Target Session Attributes=primary. " +
        "If it is not, look at default_transaction_read_only.";

    /// <summary>What is wrong, one line each, with what to do; empty when all is well.</summary>
    public static IReadOnlyList<string> Faults(Found found)
    {
        if (found.Major < OldestMajor)
            return [$"The database is PostgreSQL {found.Version}; this program needs {OldestMajor} or newer. Upgrade it, or name another in ConnectionStrings__Monolith."];
        List<string> faults = [];
        if (found.Encoding != "UTF8")
            faults.Add($"The database {found.Name} is encoded in {found.Encoding}, which cannot hold every name. Make one in UTF-8: createdb --encoding UTF8 --template template0 …");
        if (found.IsReadOnly)
            faults.Add(ReadOnly);
        else if (!found.MayCreate)
            faults.Add($"The user {found.User} may not make schemas in the database {found.Name}. Give it the database: alter database \"{found.Name}\" owner to \"{found.User}\"");
        if (!found.HasTrigrams)
            faults.Add("The extension pg_trgm is not part of the database's installation. Install PostgreSQL's contrib package on its machine.");
        else if (!found.MayHaveTrigrams)
            faults.Add("The extension pg_trgm is not in the database, and the user may not add it. Let an administrator say there: create extension pg_trgm");
        return faults;
    }

    /// <summary>Stops a start on a database that cannot carry the program, before anything is changed in it.</summary>
    /// <exception cref="DatabaseUnfitException">Names every fault.</exception>
    /// <exception cref="NpgsqlException">It cannot be asked.</exception>
    public static async Task<Found> EnsureFitAsync(NpgsqlDataSource source, CancellationToken cancellationToken)
    {
        await using var connection = await source.OpenConnectionAsync(cancellationToken);
        var found = await LookAsync(connection, cancellationToken);
        return Faults(found) is { Count: > 0 } faults ? throw new DatabaseUnfitException(string.Join('\n', faults)) : found;
    }

    public static async Task<Found> LookAsync(NpgsqlConnection connection, CancellationToken cancellationToken)
    {
        // Beside the server nobody has told Dapper how our columns are called.
        DapperConfiguration.Apply();
        return await connection.QuerySingleAsync<Found>(new CommandDefinition(SqlLook, cancellationToken: cancellationToken));
    }

    private const string SqlLook =
        """
        select current_database()::text as name,
            current_user::text as "user",
            current_setting('server_version_num')::int / 10000 as major,
            current_setting('server_version') as version,
            (select pg_encoding_to_char(encoding) from pg_database where datname = current_database()) as encoding,
            pg_is_in_recovery() as is_standby,
            pg_is_in_recovery() or current_setting('transaction_read_only')::boolean as is_read_only,
            coalesce(extract(epoch from clock_timestamp() - case when pg_is_in_recovery() then pg_last_xact_replay_timestamp() end), 0)::float8 as seconds_behind,
            has_database_privilege(current_database(), 'create') as may_create,
            exists (select from pg_available_extensions where name = 'pg_trgm') as has_trigrams,
            exists (select from pg_extension where extname = 'pg_trgm')
                or has_database_privilege(current_database(), 'create')
                and exists (select from pg_available_extension_versions where name = 'pg_trgm' and (trusted or (select rolsuper from pg_roles where rolname = current_user))) as may_have_trigrams,
            current_setting('max_connections')::int - current_setting('superuser_reserved_connections')::int as connections,
            clock_timestamp() as now
        """;

    /// <summary>What a database says of itself.</summary>
    internal sealed record Found
    {
        public string Name { get; init; } = "";

        public string User { get; init; } = "";

        public int Major { get; init; }

        public string Version { get; init; } = "";

        public string Encoding { get; init; } = "";

        public bool IsStandby { get; init; }

        public bool IsReadOnly { get; init; }

        /// <summary>How far a standby is behind, in seconds, while its primary writes; 0 for a primary.</summary>
        public double SecondsBehind { get; init; }

        public bool MayCreate { get; init; }

        public bool HasTrigrams { get; init; }

        public bool MayHaveTrigrams { get; init; }

        /// <summary>How many the server gives to ordinary users.</summary>
        public int Connections { get; init; }

        public DateTime Now { get; init; }
    }
}
