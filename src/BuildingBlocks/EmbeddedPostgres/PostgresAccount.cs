using System.Globalization;

namespace Monolith.EmbeddedPostgres;

/// <summary>Who runs the server programs: ourselves, or another account when we are root, which PostgreSQL refuses.</summary>
internal sealed class PostgresAccount
{
    private static readonly string[] Names = ["postgres", "nobody"];
    private readonly string? _name;
    private readonly string _owner;
    private readonly Func<string, IEnumerable<string>, (string Program, IEnumerable<string> Arguments)> _wrap;

    private PostgresAccount(string? name, string owner, Func<string, IEnumerable<string>, (string, IEnumerable<string>)> wrap) =>
        (_name, _owner, _wrap) = (name, owner, wrap);

    /// <summary>Programs run as the current user.</summary>
    public static PostgresAccount Own { get; } = new(null, "", (program, arguments) => (program, arguments));

    /// <summary>The account for this process.</summary>
    /// <exception cref="EmbeddedPostgresException">We are root, and cannot become anybody else.</exception>
    public static async Task<PostgresAccount> ChooseAsync(CancellationToken cancellationToken)
    {
        if (OperatingSystem.IsWindows() || !Environment.IsPrivilegedProcess)
            return Own;

        foreach (var candidate in await CandidatesAsync(cancellationToken))
        {
            var trial = await candidate.RunAsync("/bin/sh", ["-c", "id -u"], "/", cancellationToken);
            if (trial.ExitCode == 0 && trial.Output.Trim() is not ("0" or ""))
                return candidate;
        }

        throw new EmbeddedPostgresException(
            "PostgreSQL refuses to run as root, and neither setpriv, runuser nor su can switch to the user postgres or nobody here. Start as an ordinary user.");
    }

    /// <summary>Runs a program as this account.</summary>
    public Task<ChildResult> RunAsync(
        string program, IEnumerable<string> arguments, string folder, CancellationToken cancellationToken, (string Name, string Value)? variable = null)
    {
        var (wrapped, rest) = _wrap(program, arguments);
        return ChildProcess.RunAsync(wrapped, rest, folder, cancellationToken, LibrariesOf(program), variable);
    }

    // Programs that were unpacked, not installed, do not find their client library by themselves.
    private static string? LibrariesOf(string program)
    {
        var libraries = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(program) ?? "/", "..", "lib"));
        return File.Exists(Path.Combine(libraries, "libpq.so.5")) ? libraries : null;
    }

    /// <summary>Hands <paramref name="path"/> to this account and checks that it can get there.</summary>
    public async Task OwnAsync(string path, CancellationToken cancellationToken)
    {
        if (_name is null)
            return;
        var chown = await ChildProcess.RunAsync("chown", ["-R", _owner, path], "/", cancellationToken);
        if (chown.ExitCode != 0)
            throw new EmbeddedPostgresException($"{path} cannot be given to the user {_name}: {chown.Text}.");
        var trial = await RunAsync("/bin/sh", ["-c", "test -w \"$0\"", path], "/", cancellationToken);
        if (trial.ExitCode != 0)
            throw new EmbeddedPostgresException($"The user {_name} cannot enter {path}: a folder above it is closed. Set Postgres__DataDirectory to another one.");
    }

    private static async Task<IEnumerable<PostgresAccount>> CandidatesAsync(CancellationToken cancellationToken)
    {
        if (!File.Exists("/etc/passwd"))
            return [];
        var lines = await File.ReadAllLinesAsync("/etc/passwd", cancellationToken);
        return
            from name in Names
            from line in lines
            let fields = line.Split(':')
            where fields.Length > 3 && fields[0] == name
            from candidate in Ways(name, fields[2], fields[3])
            select candidate;
    }

    private static IEnumerable<PostgresAccount> Ways(string name, string user, string group)
    {
        var owner = string.Create(CultureInfo.InvariantCulture, $"{user}:{group}");
        yield return new(name, owner, (program, arguments) =>
            ("setpriv", ["--reuid", user, "--regid", group, "--clear-groups", "--", program, .. arguments]));
        yield return new(name, owner, (program, arguments) => ("runuser", ["-u", name, "--", program, .. arguments]));
        yield return new(name, owner, (program, arguments) =>
            ("su", ["-s", "/bin/sh", name, "-c", string.Join(' ', arguments.Prepend(program).Select(Quote))]));
    }

    private static string Quote(string argument) => $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
