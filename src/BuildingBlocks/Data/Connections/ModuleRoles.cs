using Monolith.Kernel.Modules;

namespace Monolith.Data.Connections;

/// <summary>
/// A database role for each module: it may use the schema of its module, read <c>contracts</c> and call the functions there, and nothing else. Migrations run under it, too.
/// Roles belong to the whole cluster; several databases may share them.
/// </summary>
/// <param name="used">False leaves every statement to the role of the connection.</param>
public sealed class ModuleRoles(bool used)
{
    /// <summary>Whether statements run under the roles.</summary>
    public bool Used => used;

    /// <summary>The role of a module.</summary>
    public static string Of(string module) => $"monolith_{module}";

    /// <summary>What stands before a statement of the module. It returns no rows, and lasts until the next statement says otherwise.</summary>
    internal string Enter(string module) => used ? $"set role \"{Of(module)}\";\n" : "";

    /// <summary>In a transaction of its own: what another database made at this moment is seen by the next one only.</summary>
    internal static string Make(string module) =>
        $"""
        do $$
        begin
            if not exists (select from pg_roles where rolname = '{Of(module)}') then
                create role "{Of(module)}" nologin;
            end if;
        exception when duplicate_object or unique_violation then
            null; -- somebody made it for another database at this moment
        end $$;
        """;

    // What was made without the roles, or before, is handed over.
    internal static string Grant(string module, IEnumerable<string> contracts) =>
        $"""
        do $$
        declare
            one text;
        begin
            if not pg_has_role(current_user, '{Of(module)}', 'usage') then
                grant "{Of(module)}" to current_user;
            end if;
            grant create on schema contracts to "{Of(module)}";
            grant usage on schema contracts to "{Of(module)}";
            grant usage, create on schema "{module}" to "{Of(module)}";
            for one in
                select format('alter table %s owner to "{Of(module)}"', oid::regclass)
                from pg_class
                where relkind in ('r', 'p', 'v', 'm')
                    and relowner <> '{Of(module)}'::regrole
                    and {Own("relnamespace", "relname", module, contracts)}
                union all
                select format('alter routine %s owner to "{Of(module)}"', oid::regprocedure)
                from pg_proc
                where proowner <> '{Of(module)}'::regrole
                    and {Own("pronamespace", "proname", module, contracts)}
            loop
                execute one;
            end loop;
            revoke create on schema contracts from "{Of(module)}";
        end $$;
        """;

    internal static string ReadContracts(string module) => $"grant select on all tables in schema contracts to \"{Of(module)}\";";

    internal static string BeginFile(string module) => $"grant create on schema contracts to \"{Of(module)}\"; set local role \"{Of(module)}\";";

    internal static string EndFile(string module) => $"reset role; revoke create on schema contracts from \"{Of(module)}\";";

    private static string Own(string space, string name, string module, IEnumerable<string> contracts) =>
        $"({space} = '\"{module}\"'::regnamespace and {name} <> 'schema_migrations' or {space} = 'contracts'::regnamespace and {name} = any (array[{string.Join(", ", contracts.Select(one => $"'{one}'"))}]::name[]))";
}

/// <summary>What belongs to no module: the audit log, the keys of forms, the outbox.</summary>
public sealed class Platform : ISchemaOwner
{
    /// <inheritdoc />
    public static string Name => "platform";
}
