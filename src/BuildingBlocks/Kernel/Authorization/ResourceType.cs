using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Monolith.Kernel.Authorization;

/// <summary>
/// A kind of object that permissions speak about: its snake_case name on the wire. Modules declare theirs (<see cref="ResourceDeclaration"/>);
/// nobody holds a permission on one that no module declares.
/// </summary>
/// <remarks>A small number stands in for the name, so that decisions compare and index. A constant name is a type wherever one is asked for, since attributes take constants only.</remarks>
public readonly partial record struct ResourceType
{
    private const int Most = 1024;
    private static readonly Lock Gate = new();
    private static readonly ConcurrentDictionary<string, ResourceType> Known = new(StringComparer.Ordinal) { ["*"] = default };
    private static volatile string[] _names = ["*"];

    private ResourceType(int index) => Index = index;

    /// <summary><c>*</c>: every type. Legal in a permission, never in a question.</summary>
    public static ResourceType Any => default;

    /// <summary>Dense, from 0 for <see cref="Any"/>; the same for a name as long as the process lives, and not after.</summary>
    public int Index { get; }

    /// <summary>The name on the wire, <c>*</c> for the wildcard.</summary>
    public override string ToString() => _names[Index];

    /// <summary>The type of a name that code knows. Names that clients send are read with <see cref="ResourceCatalog.TryParse(string?, out ResourceType)"/>. Throws <see cref="ArgumentException"/> for what can be no name.</summary>
    public static implicit operator ResourceType(string name) => Known.TryGetValue(name, out var known) ? known : Add(name);

    private static ResourceType Add(string name)
    {
        lock (Gate)
        {
            if (Known.TryGetValue(name, out var known))
                return known;
            if (!Grammar().IsMatch(name) || _names.Length == Most)
                throw new ArgumentException($"A resource type is named in snake_case, with at most 64 characters, and there are at most {Most}.", nameof(name));
            var added = new ResourceType(_names.Length);
            _names = [.. _names, name];
            Known[name] = added;
            return added;
        }
    }

    [GeneratedRegex(@"\A[a-z][a-z0-9_]{0,63}\z", RegexOptions.CultureInvariant)]
    private static partial Regex Grammar();
}
