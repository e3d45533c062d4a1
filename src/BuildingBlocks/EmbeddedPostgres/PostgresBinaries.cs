using System.Globalization;
using System.Text.RegularExpressions;

namespace Monolith.EmbeddedPostgres;

/// <summary>One set of server programs.</summary>
/// <param name="Folder">Where they are, symbolic links resolved.</param>
/// <param name="Major">Their major version: a cluster belongs to one.</param>
internal sealed partial record PostgresBinaries(string Folder, int Major)
{
    private static readonly string Suffix = OperatingSystem.IsWindows() ? ".exe" : "";
    private static readonly string[] Needed = ["initdb", "postgres", "pg_ctl"];

    /// <summary>The full path of one of the programs.</summary>
    public string this[string program] => Path.Combine(Folder, program + Suffix);

    /// <summary>Tells them from any others, and from the same after an update.</summary>
    public string Mark
    {
        get
        {
            var server = new FileInfo(this["postgres"]);
            return string.Create(CultureInfo.InvariantCulture, $"{Folder}\n{Major}\n{server.Length} {server.LastWriteTimeUtc:O}\n");
        }
    }

    /// <summary>True when all the programs needed are side by side in <paramref name="folder"/>.</summary>
    public static bool AreIn(string folder) => Needed.All(program => File.Exists(Path.Combine(folder, program + Suffix)));

    /// <summary>Follows a linked <c>initdb</c> or <c>postgres</c> to its installation; the folder itself when there is none.</summary>
    public static string Resolve(string folder)
    {
        var program = new FileInfo(Path.Combine(folder, "postgres" + Suffix));
        if (!program.Exists)
            program = new FileInfo(Path.Combine(folder, "initdb" + Suffix));
        if (!program.Exists)
            return folder;
        return Path.GetDirectoryName(program.ResolveLinkTarget(returnFinalTarget: true)?.FullName) ?? folder;
    }

    /// <summary>Asks for their version: the proof that the programs work on this machine. The one that creates a cluster is asked when there is none.</summary>
    public static async Task<PostgresBinaries> VerifyAsync(string folder, PostgresAccount account, bool creates, CancellationToken cancellationToken)
    {
        var answer = await account.RunAsync(Path.Combine(folder, "postgres" + Suffix), ["--version"], folder, cancellationToken);
        var version = VersionText().Match(answer.Output);
        if (answer.ExitCode != 0 || !version.Success)
            throw new EmbeddedPostgresException($"The programs in {folder} do not run: {answer.Text}.");
        if (version.Groups[2].Length > 0)
            throw new EmbeddedPostgresException($"PostgreSQL {version.Groups[1].Value}{version.Groups[2].Value} in {folder} is not a release.");
        if (creates && await account.RunAsync(Path.Combine(folder, "initdb" + Suffix), ["--version"], folder, cancellationToken) is { ExitCode: not 0 } init)
            throw new EmbeddedPostgresException($"The programs in {folder} do not run: {init.Text}.");
        return new PostgresBinaries(folder, int.Parse(version.Groups[1].Value, CultureInfo.InvariantCulture));
    }

    /// <summary>True when the extension that the migrations need is part of the installation.</summary>
    public async Task<bool> HasTrigramsAsync(PostgresAccount account, CancellationToken cancellationToken)
    {
        // Debian keeps the share folder elsewhere, and only pg_config knows where.
        var shared = Path.Combine(Folder, "..", "share");
        string[] likely = [Path.Combine(shared, "postgresql"), shared, $"/usr/share/postgresql/{Major}"];
        if (likely.Any(HasTrigrams))
            return true;
        if (!File.Exists(this["pg_config"]))
            return false;
        var answer = await account.RunAsync(this["pg_config"], ["--sharedir"], Folder, cancellationToken);
        return answer.ExitCode == 0 && HasTrigrams(answer.Output.Trim());
    }

    private static bool HasTrigrams(string share) => File.Exists(Path.Combine(share, "extension", "pg_trgm.control"));

    [GeneratedRegex(@"\(PostgreSQL\) (\d+)(devel|alpha\d*|beta\d*|rc\d*)?")]
    private static partial Regex VersionText();
}
