using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;

namespace Monolith.EmbeddedPostgres;

/// <summary>What lies in the data directory: the cluster, and beside it what a host must know to use it.</summary>
internal sealed class ClusterFiles(string root)
{
    // Above the largest number that any system gives.
    private const string NoProcess = "2147483646";

    // Of the file in which the server says who it is and how it is.
    private const int ProcessLine = 0;
    private const int PortLine = 3;
    private const int StateLine = 7;

    public string Root => root;

    public string Cluster => Path.Combine(root, "cluster");

    public string Unfinished => Path.Combine(root, "cluster.new");

    public string PasswordFile => Path.Combine(root, "password");

    public string Log => Path.Combine(root, "postgres.log");

    public string Lock => Path.Combine(root, "lock");

    public string Downloads => Path.Combine(Path.GetDirectoryName(root) ?? root, "postgres-bin");

    private string ProgramsFile => Path.Combine(root, "programs");

    private string PortFile => Path.Combine(root, "port");

    private string PidFile => Path.Combine(Cluster, "postmaster.pid");

    /// <summary>The version that created the cluster; null when there is none yet.</summary>
    public int? Major => File.Exists(Path.Combine(Cluster, "PG_VERSION"))
        ? int.Parse(File.ReadAllText(Path.Combine(Cluster, "PG_VERSION")).Trim(), CultureInfo.InvariantCulture)
        : null;

    /// <summary>The port in use, else the one used last time, else null.</summary>
    public int? Port => Number(PidFile, PortLine) ?? Number(PortFile, 0);

    public void Create()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(root);
        else if (!Directory.Exists(root))
            Directory.CreateDirectory(root, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

        // The parents keep the default mode: the account that runs PostgreSQL has to pass through them.
    }

    public string ReadPassword() => File.Exists(PasswordFile)
        ? File.ReadAllText(PasswordFile).Trim()
        : throw new EmbeddedPostgresException($"{PasswordFile} is missing, so nobody can sign in to the cluster beside it. Restore that file.");

    public void WriteNewPassword()
    {
        File.Delete(PasswordFile);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var writer = new StreamWriter(PasswordFile, options);
        writer.Write(RandomNumberGenerator.GetHexString(48, lowercase: true));
    }

    public void WritePort(int port) => File.WriteAllText(PortFile, port.ToString(CultureInfo.InvariantCulture));

    /// <summary>Which programs started the cluster last (<see cref="PostgresBinaries.Mark"/>); null when that is not known.</summary>
    public string? ReadPrograms() => File.Exists(ProgramsFile) ? File.ReadAllText(ProgramsFile) : null;

    public void WritePrograms(string mark) => File.WriteAllText(ProgramsFile, mark);

    public void ForgetPrograms() => File.Delete(ProgramsFile);

    /// <summary>The end of the server's log, for messages.</summary>
    public string LastWords()
    {
        if (!File.Exists(Log))
            return "";
        var lines = File.ReadLines(Log).TakeLast(20).Where(line => line.Contains("FATAL", StringComparison.Ordinal) || line.Contains("HINT", StringComparison.Ordinal));
        return string.Join(' ', lines.TakeLast(3));
    }

    /// <summary>The process that the server's mark names, living or not; null without a mark.</summary>
    public int? ServerProcess => Number(PidFile, ProcessLine);

    /// <summary>True when a server that is another process than <paramref name="before"/> says that it takes connections.</summary>
    public bool IsReady(int? before) => ServerProcess is { } process && process != before && Line(PidFile, StateLine)?.Trim() == "ready";

    /// <summary>True while the server of this cluster lives. After a crash of the machine its number may belong to any other program.</summary>
    public bool IsServed()
    {
        if (ServerProcess is not { } pid)
            return false;
        try
        {
            using var process = Process.GetProcessById(pid);
            return process.ProcessName.StartsWith("postgres", StringComparison.Ordinal) && !IsZombie(pid) && WorksIn(pid) is not false;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    /// <summary>Removes the mark of a server whose number was given to another program, which would keep ours from starting.</summary>
    /// <remarks>When no process has the number the mark stays: PostgreSQL reads in it which shared memory to look after.</remarks>
    public void ForgetStaleServer()
    {
        if (ServerProcess is not { } pid || IsServed() || !Exists(pid))
            return;
        if (IsZombie(pid))
            File.WriteAllLines(PidFile, File.ReadAllLines(PidFile).Skip(1).Prepend(NoProcess));
        else
            File.Delete(PidFile);
    }

    // In a container whose first process does not reap, a killed server keeps its number for ever, and PostgreSQL takes it for alive.
    private static bool IsZombie(int pid)
    {
        try
        {
            var state = File.ReadAllText($"/proc/{pid}/stat");
            return state[(state.LastIndexOf(')') + 1)..].TrimStart() is ['Z' or 'X', ..];
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // The server works in its cluster. Null: this system or our rights do not tell.
    private bool? WorksIn(int pid)
    {
        try
        {
            // Asking the system where the open file is gives the same spelling as its working folder, links resolved.
            using var mark = File.OpenRead(PidFile);
            var folder = new FileInfo($"/proc/{pid}/cwd").LinkTarget;
            var real = new FileInfo($"/proc/self/fd/{mark.SafeFileHandle.DangerousGetHandle()}").LinkTarget;
            return folder is null || real is null ? null : Path.Combine(folder, "postmaster.pid") == real;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    private static bool Exists(int pid)
    {
        try
        {
            using var process = Process.GetProcessById(pid);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }

    private static int? Number(string file, int line) => int.TryParse(Line(file, line), CultureInfo.InvariantCulture, out var number) ? number : null;

    private static string? Line(string file, int line)
    {
        try
        {
            // Asked every few milliseconds before the server has written it: an exception costs more than the look.
            return File.Exists(file) ? File.ReadLines(file).ElementAtOrDefault(line) : null;
        }
        catch (IOException)
        {
            return null;
        }
    }
}
