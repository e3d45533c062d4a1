namespace Monolith.Members.Directory;

/// <summary>How the lists of users and members are counted where nobody keeps the number.</summary>
internal static class DirectoryCounts
{
    /// <param name="from">The table with its alias, as the maps write it.</param>
    /// <param name="table">Its name.</param>
    public static CountSource Of(string from, string table) => new(Version, from, table);

    // Every change that a count could notice raises it, in the same transaction: see the triggers. A server that was restored, or took over without the last changes of the one before it, has another time of start.
    private const string Version = "select sum(changes)::bigint # ((date_part('epoch', pg_postmaster_start_time()) * 1000)::bigint << 20) from members.directory_changes";
}
