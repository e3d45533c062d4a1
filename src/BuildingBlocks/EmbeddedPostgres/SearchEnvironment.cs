namespace Monolith.EmbeddedPostgres;

/// <summary>Where binaries may be looked for, and which package clients may be asked.</summary>
/// <param name="BinDirectory">The configured folder, or null. When given, nothing else is searched.</param>
/// <param name="SearchPath">The folders of PATH.</param>
/// <param name="InstallRoots">Folders with one folder a version, each with a <c>bin</c>.</param>
/// <param name="MayObtain">False forbids the package clients.</param>
internal sealed record SearchEnvironment(
    string? BinDirectory,
    IReadOnlyList<string> SearchPath,
    IReadOnlyList<InstallRoot> InstallRoots,
    bool MayObtain = true)
{
    private static readonly InstallRoot[] Usual = OperatingSystem.IsWindows()
        ? [new(Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.ProgramFiles), "PostgreSQL"), "*")]
        : [
            new("/usr/lib/postgresql", "*"),
            new("/opt/homebrew/opt", "postgresql@*"),
            new("/usr/local/opt", "postgresql@*"),
            new("/home/linuxbrew/.linuxbrew/opt", "postgresql@*"),
            new("/usr", "pgsql-*"),
        ];

    /// <summary>This machine.</summary>
    public static SearchEnvironment Current(string? binDirectory) => new(
        string.IsNullOrWhiteSpace(binDirectory) ? null : binDirectory,
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries),
        Usual);

    /// <summary>The full path of a command on the search path, or null.</summary>
    public string? FindCommand(string name) =>
        SearchPath.Select(folder => Path.Combine(folder, name)).FirstOrDefault(File.Exists);
}

/// <summary>A folder that holds installations side by side.</summary>
/// <param name="Folder">The folder.</param>
/// <param name="Pattern">Which of its folders are installations.</param>
internal sealed record InstallRoot(string Folder, string Pattern);
