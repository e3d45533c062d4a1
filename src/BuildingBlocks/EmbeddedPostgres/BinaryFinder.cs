namespace Monolith.EmbeddedPostgres;

/// <summary>Finds server programs on the machine, else has them obtained.</summary>
internal sealed class BinaryFinder(SearchEnvironment environment, PostgresAccount account, ILogger log)
{
    /// <summary>The programs for a cluster of version <paramref name="major"/>; null takes any, newest first.</summary>
    /// <param name="major">The version of a cluster that is there, or null.</param>
    /// <param name="proven">Programs that have started that cluster, by their <see cref="PostgresBinaries.Mark"/>: the same are not asked again.</param>
    /// <param name="downloadFolder">Where others were put, and more may be.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="EmbeddedPostgresException">There are none; the message tells what was tried.</exception>
    public async Task<PostgresBinaries> FindAsync(int? major, string? proven, string downloadFolder, CancellationToken cancellationToken)
    {
        if (major is { } needed && proven is not null
            && Folders(downloadFolder).Select(folder => new PostgresBinaries(folder, needed)).FirstOrDefault(programs => programs.Mark == proven) is { } same)
            return same;

        var problems = new List<string>();
        foreach (var folder in Folders(downloadFolder))
        {
            if (await TryAsync(folder, major, problems, cancellationToken) is { } found)
                return found;
        }

        if (environment.BinDirectory is { } configured && problems.Count == 0)
            problems.Add($"Postgres__BinDirectory names {configured}, where initdb, pg_ctl and postgres are not side by side.");
        else if (problems.Count == 0)
            problems.Add("No initdb and postgres were found on PATH or in the usual install folders.");

        if (environment is { BinDirectory: null, MayObtain: true })
        {
            await foreach (var folder in new BinaryDownload(environment, log).ObtainAsync(downloadFolder, problems, cancellationToken))
            {
                if (await TryAsync(folder, major, problems, cancellationToken) is { } obtained)
                    return obtained;
            }
        }

        throw new EmbeddedPostgresException(string.Join(' ', problems));
    }

    /// <summary>Existing folders with all programs, best first.</summary>
    public IEnumerable<string> Folders(string downloadFolder)
    {
        var candidates = environment.BinDirectory is { } configured
            ? [configured]
            : environment.SearchPath.Concat(environment.InstallRoots.SelectMany(Installations)).Concat(BinaryDownload.Folders(downloadFolder));
        return candidates.Select(PostgresBinaries.Resolve).Where(PostgresBinaries.AreIn).Distinct();
    }

    private async Task<PostgresBinaries?> TryAsync(string folder, int? major, List<string> problems, CancellationToken cancellationToken)
    {
        try
        {
            var found = await PostgresBinaries.VerifyAsync(folder, account, creates: major is null, cancellationToken);
            if (major is not null && found.Major != major)
                problems.Add($"The data was created by PostgreSQL {major}, and {folder} holds version {found.Major}.");
            else if (!await found.HasTrigramsAsync(account, cancellationToken))
                problems.Add($"The PostgreSQL in {folder} comes without the extension pg_trgm.");
            else
                return found;
        }
        catch (EmbeddedPostgresException broken)
        {
            problems.Add(broken.Problem);
        }

        return null;
    }

    private static IEnumerable<string> Installations(InstallRoot root) => Directory.Exists(root.Folder)
        ? from folder in Directory.EnumerateDirectories(root.Folder, root.Pattern)
          orderby Version(folder) descending
          select Path.Combine(folder, "bin")
        : [];

    private static double Version(string folder)
    {
        var digits = Path.GetFileName(folder).Split('@', '-')[^1];
        return double.TryParse(digits, System.Globalization.CultureInfo.InvariantCulture, out var version) ? version : 0;
    }
}
