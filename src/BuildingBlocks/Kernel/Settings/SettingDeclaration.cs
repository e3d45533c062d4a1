using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Modules;

namespace Monolith.Kernel.Settings;

/// <summary>A setting that the program has. The catalog of all of them validates a start, answers the verb <c>config</c> and writes <c>docs/guide/settings.md</c>.</summary>
/// <param name="key">As the configuration names it, such as <c>Paging:MaxLimit</c>.</param>
/// <param name="standard">What holds when nobody sets it, for people.</param>
/// <param name="meaning">One sentence in Markdown, without a full stop.</param>
public abstract class SettingDeclaration(string key, string standard, string meaning)
{
    /// <summary>As the configuration names it.</summary>
    public string Key => key;

    /// <summary>As the environment names it, such as <c>Paging__MaxLimit</c>.</summary>
    public string Name { get; init; } = key.Replace(":", "__", StringComparison.Ordinal);

    /// <summary>What holds when nobody sets it, for people; empty for nothing.</summary>
    public string Standard => standard;

    /// <summary>What it does.</summary>
    public string Meaning => meaning;

    /// <summary>True when nobody may read the value: it is never shown.</summary>
    public bool IsSecret { get; init; }

    /// <summary>What stands for the last part of the key when there are many, such as <c>kid</c>; null for one setting.</summary>
    public string? Each { get; init; }

    /// <summary>Reads the value as the program does.</summary>
    /// <exception cref="SettingException">It cannot be used.</exception>
    public abstract void Check(IConfiguration configuration, IReadOnlyCollection<RegisteredModule> modules);
}

/// <summary>A setting with a value of its own kind.</summary>
/// <param name="key">As the configuration names it.</param>
/// <param name="standard">What holds when nobody sets it, for people.</param>
/// <param name="meaning">One sentence in Markdown, without a full stop.</param>
/// <param name="read">Reads it; throws <see cref="SettingException"/>.</param>
public sealed class DeclaredSetting<T>(string key, string standard, string meaning, Func<IConfiguration, string, T> read) : SettingDeclaration(key, standard, meaning)
{
    /// <summary>The value.</summary>
    /// <exception cref="SettingException">It cannot be used.</exception>
    public T Read(IConfiguration configuration) => read(configuration, Key);

    /// <inheritdoc />
    public override void Check(IConfiguration configuration, IReadOnlyCollection<RegisteredModule> modules) => Read(configuration);
}
