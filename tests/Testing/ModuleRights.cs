using System.Collections.Concurrent;
using System.Diagnostics;
using Monolith.BuildingBlocks.Data;
using Npgsql;

namespace Monolith.Testing;

/// <summary>
/// Runs each statement under a database role that may use the schema of the module it comes from, read <c>contracts</c> and add audit rows,
/// and nothing else. Every server of the tests has it, so a statement that crosses a border fails where it is used.
/// </summary>
public sealed class ModuleRights : IStatementGuard
{
    private const string Prefix = "Monolith.";
    private const string Host = "Monolith";
    private static readonly string[] Modules = ["members", "roles", "entitlements"];
    private static readonly ConcurrentDictionary<(string Module, string Sql), bool> Statements = new();

    /// <summary>The statements seen so far in this process, by module.</summary>
    public static ILookup<string, string> Seen => Statements.Keys.ToLookup(statement => statement.Module, statement => statement.Sql);

    /// <inheritdoc />
    public string Guard(string sql)
    {
        var module = OwnerOnTheStack();
        if (module is null || !Modules.Contains(module))
            return $"reset role; {sql}";
        Statements.TryAdd((module, sql), true);
        return $"set role {Role(module)}; {sql}";
    }

    /// <summary>Makes the roles and gives them their rights in an empty database; what migrations create later falls under them.</summary>
    internal static async Task GrantAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(string.Join('\n', Modules.Select(Grants).Prepend("create schema contracts; create schema platform;")), connection);
        await command.ExecuteNonQueryAsync();
    }

    // Roles belong to the cluster: another test process may make them at the same moment.
    private static string Grants(string module) =>
        $"""
        do $$ begin create role {Role(module)} nologin; exception when duplicate_object or unique_violation then null; end $$;
        create schema {module};
        grant usage on schema {module}, contracts, platform to {Role(module)};
        alter default privileges in schema {module} grant all on tables to {Role(module)};
        alter default privileges in schema {module} grant all on sequences to {Role(module)};
        alter default privileges in schema contracts grant select on tables to {Role(module)};
        alter default privileges in schema platform grant insert on tables to {Role(module)};
        """;

    private static string Role(string module) => $"monolith_only_{module}";

    // The nearest module above the building blocks wrote the statement. What stands beyond the host is an earlier step of the request, such as the session.
    private static string? OwnerOnTheStack() =>
        new StackTrace(fNeedFileInfo: false).GetFrames()
            .Select(frame => frame.GetMethod()?.DeclaringType?.Assembly.GetName().Name)
            .TakeWhile(name => name != Host)
            .Where(name => name is not null && name.StartsWith(Prefix, StringComparison.Ordinal) && name is not ("Monolith.BuildingBlocks" or "Monolith.Testing"))
            .Select(name => name![Prefix.Length..].ToLowerInvariant())
            .FirstOrDefault();
}
