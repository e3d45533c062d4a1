namespace Monolith.Api.Hosting;

/// <summary>A setting cannot be used; the message says in one line which one, and what to write.</summary>
public sealed class SettingException : Exception
{
    internal SettingException(string message)
        : base(message)
    {
    }

    internal SettingException(string key, string problem)
        : base($"{key.Replace(":", "__", StringComparison.Ordinal)}: {problem}")
    {
    }
}
