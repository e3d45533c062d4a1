using Microsoft.Extensions.Logging.Abstractions;
using Monolith.Data.Connections;
using Npgsql;

namespace Monolith.BuildingBlocks.Tests.Data;

/// <summary>Databases of one request, without a host.</summary>
internal static class Sessions
{
    public static DbSession Session(this NpgsqlDataSource source) => new(source, NullLogger<DbSession>.Instance);

    public static Db<Platform> Db(this DbSession session) => new(session, new ModuleRoles(used: false));
}
