using System.Diagnostics;

namespace Monolith.EmbeddedPostgres;

/// <summary>How a program ended.</summary>
internal sealed record ChildResult(int ExitCode, string Output, string Errors)
{
    /// <summary>The last words, on one line, for messages.</summary>
    public string Text
    {
        get
        {
            var text = string.IsNullOrWhiteSpace(Errors) ? Output : Errors;
            return text.Trim().Length == 0 ? $"exit code {ExitCode}" : string.Join(' ', text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).TakeLast(4));
        }
    }
}

/// <summary>Runs short programs.</summary>
internal static class ChildProcess
{
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Runs to the end. A program that cannot be started ends with 127, as in a shell.</summary>
    public static async Task<ChildResult> RunAsync(string program, IEnumerable<string> arguments, string? folder, CancellationToken cancellationToken, string? libraries = null, (string Name, string Value)? variable = null)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            CreateNoWindow = true,
            WorkingDirectory = folder ?? Path.GetTempPath(),
        };
        start.Environment["LC_ALL"] = "C";
        if (libraries is not null)
            start.Environment["LD_LIBRARY_PATH"] = libraries;

        if (variable is { } one)
            start.Environment[one.Name] = one.Value;

        Process process;
        try
        {
            process = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception missing)
        {
            return new ChildResult(127, "", missing.Message);
        }

        using (process)
        {
            process.StandardInput.Close();
            var output = process.StandardOutput.ReadToEndAsync(cancellationToken);
            var errors = process.StandardError.ReadToEndAsync(cancellationToken);
            try
            {
                await WaitForExitAsync(process, cancellationToken);
            }
            catch (OperationCanceledException)
            {
                process.Kill();
                throw;
            }

            return new ChildResult(process.ExitCode, await TextAsync(output), await TextAsync(errors));
        }
    }

    // Process.WaitForExitAsync also waits for the pipes, which a started server may keep open on Windows.
    private static async Task WaitForExitAsync(Process process, CancellationToken cancellationToken)
    {
        while (!process.HasExited)
            await Task.Delay(10, cancellationToken);
    }

    private static async Task<string> TextAsync(Task<string> reading)
    {
        try
        {
            return await reading.WaitAsync(Grace);
        }
        catch (TimeoutException)
        {
            return "";
        }
    }
}
