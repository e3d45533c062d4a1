namespace Monolith.Roles.Contracts;

/// <summary>What the scopes and allow lists of API keys may say (roles specification 1.10). Pure look-ups.</summary>
public interface IKeyScopes
{
    /// <summary>The canonical names that people may ask for, sorted by name: <c>coder:all</c>, <c>coder:workspaces.create</c>, <c>workspace:read</c>, …</summary>
    IReadOnlyList<string> Requestable { get; }

    /// <summary>The canonical form of a name that people may ask for (<c>all</c> is <c>coder:all</c>); null for every other text. Case counts.</summary>
    string? Canonical(string? name);

    /// <summary>
    /// The canonical form <c>type:id</c> of an allow list entry; null when it is malformed.
    /// The type is a resource type or <c>*</c>; the id is a uuid or <c>*</c>. <c>*:*</c> stands for everything.
    /// </summary>
    string? CanonicalTarget(string? entry);

    /// <summary>Canonical entries without what a wider one says already: <c>*:*</c> swallows everything, <c>type:*</c> the ids of its type. Sorted, each once.</summary>
    /// <param name="entries">Entries that <see cref="CanonicalTarget"/> knows.</param>
    IReadOnlyList<string> CanonicalList(IEnumerable<string> entries);

    /// <summary>
    /// True when a key with these canonical scopes and entries could do nothing that the key of <paramref name="actor"/> may not: a key makes no stronger key.
    /// Roles are not compared.
    /// </summary>
    bool IsWithin(Subject actor, IReadOnlyList<string> scopes, IReadOnlyList<string> allowList);
}
