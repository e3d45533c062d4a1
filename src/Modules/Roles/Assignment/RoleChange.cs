using Monolith.Roles.Contracts;


namespace Monolith.Roles.Assignment;

/// <summary>The difference between stored and wanted names.</summary>
internal sealed record RoleChange(IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    public IEnumerable<string> All => Added.Concat(Removed);

    /// <param name="stored">As it stands; retired names among them are ignored and go away with the update.</param>
    /// <param name="wanted">As asked for.</param>
    /// <param name="implied">Stands on the wanted side only, so that a change of nothing needs the assign permission too.</param>
    public static RoleChange Of(IEnumerable<string> stored, IEnumerable<string> wanted, string implied)
    {
        var before = stored.Where(name => name != implied && !RoleName.IsRetired(name)).Distinct().ToList();
        var after = wanted.Append(implied).Distinct().ToList();
        return new RoleChange([.. after.Except(before)], [.. before.Except(after)]);
    }
}
