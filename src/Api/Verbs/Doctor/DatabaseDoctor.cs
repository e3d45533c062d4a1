using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Api.Hosting;
using Monolith.Data.Connections;
using Monolith.Data.Migrations;
using Npgsql;

namespace Monolith.Api.Verbs.Doctor;

/// <summary>Asks each server of the connection string what it is, and the primary what is in the database. Changes nothing.</summary>
internal static class DatabaseDoctor
{
    private const string Area = "database";
    private static readonly TimeSpan Skew = TimeSpan.FromSeconds(2);

    public static async Task<IReadOnlyList<Finding>> LookAsync(IConfiguration configuration, string external, CancellationToken cancellationToken)
    {
        List<Finding> findings = [];
        var whole = new NpgsqlConnectionStringBuilder(external);
        var hosts = whole.Host!.Split(',');
        var primaries = 0;
        foreach (var host in hosts)
        {
            var found = await HostAsync(whole, host, findings, cancellationToken);
            primaries += found is { IsStandby: false } ? 1 : 0;
        }

        if (hosts.Length > 1 && primaries == 0 && findings.TrueForAll(finding => finding.Level != FindingLevel.Fault))
            findings.Add(Finding.Fault(Area, "None of the servers is the primary. Promote one, or name all of them in Host."));
        if (primaries > 0 && findings.TrueForAll(finding => finding.Level != FindingLevel.Fault))
            findings.AddRange(await SchemaAsync(Database.Direct(configuration) ?? external, cancellationToken));
        return findings;
    }

    private static async Task<DatabaseExamination.Found?> HostAsync(NpgsqlConnectionStringBuilder whole, string host, List<Finding> findings, CancellationToken cancellationToken)
    {
        var isAlone = !whole.Host!.Contains(',', StringComparison.Ordinal);
        var one = new NpgsqlConnectionStringBuilder(whole.ConnectionString) { Host = host, Pooling = false, Timeout = 5, TargetSessionAttributes = "any" };
        if (isAlone)
            one.Remove("Target Session Attributes");
        try
        {
            await using var connection = new NpgsqlConnection(one.ConnectionString);
            await connection.OpenAsync(cancellationToken);
            var before = TimeProvider.System.GetUtcNow().UtcDateTime;
            var found = await DatabaseExamination.LookAsync(connection, cancellationToken);
            findings.AddRange(Judge(found, host, isAlone));
            findings.AddRange(Clock(found.Now, before, TimeProvider.System.GetUtcNow().UtcDateTime));
            var wanted = whole.MaxPoolSize + 5;
            if (found.Connections < wanted)
                findings.Add(Finding.Note(Area, $"The server gives {found.Connections} connections, and one host of ours may take {wanted}. Raise max_connections, or write a smaller Maximum Pool Size."));
            return found;
        }
        catch (NpgsqlException failure)
        {
            findings.Add(isAlone || failure is PostgresException ? Finding.Fault(Area, $"{host}: {DatabaseProblem.Explain(failure)}") : Finding.Note(Area, $"{host}: {DatabaseProblem.Explain(failure)}"));
            return null;
        }
    }

    private static IEnumerable<Finding> Judge(DatabaseExamination.Found found, string host, bool isAlone)
    {
        if (found.IsStandby && !isAlone)
            return [Finding.Fine(Area, $"{host}: PostgreSQL {found.Version}, a standby{(found.SecondsBehind >= 1 ? $", {found.SecondsBehind:0} s behind if the primary writes" : "")}")];
        var faults = DatabaseExamination.Faults(found);
        if (faults.Count > 0)
            return faults.Select(fault => Finding.Fault(Area, fault));
        var untried = found.Major > DatabaseExamination.NewestMajor ? $" It was tried with releases up to {DatabaseExamination.NewestMajor}." : "";
        var text = $"{host}: PostgreSQL {found.Version}, {found.Encoding}, may be written to by {found.User}, has pg_trgm.{untried}";
        return [untried.Length > 0 ? Finding.Note(Area, text) : Finding.Fine(Area, text)];
    }

    private static IEnumerable<Finding> Clock(DateTime theirs, DateTime before, DateTime after)
    {
        var off = theirs < before ? before - theirs : theirs > after ? theirs - after : TimeSpan.Zero;
        yield return off > Skew
            ? Finding.Fault("clock", $"The clock of the database is {off.TotalSeconds:0} s {(theirs < before ? "behind" : "ahead of")} this machine's. Sessions, licenses and limits go by both: let NTP set them.")
            : Finding.Fine("clock", "this machine and the database agree");
    }

    private static async Task<IReadOnlyList<Finding>> SchemaAsync(string connectionString, CancellationToken cancellationToken)
    {
        await using var source = NpgsqlDataSource.Create(Database.ForBackground(connectionString));
        try
        {
            var missing = await new Migrator(source, Modules.All, new ModuleRoles(false), NullLogger<Migrator>.Instance).MissingAsync(cancellationToken);
            return [Finding.Fine("schema", missing.Count == 0 ? "up to date" : $"{missing.Count} migrations are to be applied, which the next start does")];
        }
        catch (MigrationException failure)
        {
            return [.. failure.Message.Split('\n').Where(line => !line.EndsWith(':')).Select(line => Finding.Fault("schema", line))];
        }
        catch (NpgsqlException failure)
        {
            return [Finding.Fault("schema", DatabaseProblem.Explain(failure))];
        }
    }
}
