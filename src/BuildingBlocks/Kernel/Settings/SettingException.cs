namespace Monolith.Kernel.Settings;

/// <summary>A setting cannot be used; the message says in one line which one, and what to write. It stops the start, before a database is started. Several faults are several lines.</summary>
public sealed class SettingException : Exception
{
    /// <param name="message">The whole line.</param>
    public SettingException(string message)
        : base(message)
    {
    }

    /// <param name="key">The setting as the configuration names it, such as <c>Paging:MaxLimit</c>; the line begins with its environment form.</param>
    /// <param name="problem">What is wrong, and what to write.</param>
    public SettingException(string key, string problem)
        : base($"{key.Replace(":", "__", StringComparison.Ordinal)}: {problem}")
    {
    }

    /// <summary>Everything that is wrong, in one message: a single fault stays one line.</summary>
    /// <param name="faults">One line each; at least one.</param>
    public static SettingException Of(IReadOnlyList<string> faults) =>
        new(faults.Count == 1 ? faults[0] : $"{faults.Count} settings cannot be used:\n{string.Join('\n', faults.Select(fault => $"  {fault}"))}");
}
