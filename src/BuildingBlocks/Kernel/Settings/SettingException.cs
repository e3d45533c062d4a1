namespace Monolith.Kernel.Settings;

/// <summary>A setting cannot be used; the message says in one line which one, and what to write. It stops the start, before a database is started.</summary>
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
}
