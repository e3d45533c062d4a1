using System.Collections.Frozen;
using Monolith.BuildingBlocks.Authorization;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.Authorizer;

/// <summary>The curated list of the roles specification 1.10: what may be asked for, not all that may be stored.</summary>
internal sealed class KeyScopes : IKeyScopes
{
    private static readonly (string Type, string[] Actions)[] Pairs =
    [
        ("api_key", ["create", "delete", "read", "update", "*"]),
        ("file", ["create", "read", "*"]),
        ("organization", ["delete", "read", "update", "*"]),
        ("task", ["create", "delete", "read", "update", "*"]),
        ("template", ["create", "delete", "read", "update", "use", "*"]),
        ("user", ["read", "read_personal", "update_personal"]),
        ("user_secret", ["create", "delete", "read", "update", "*"]),
        ("workspace", ["application_connect", "create", "delete", "read", "ssh", "start", "stop", "update", "*"]),
    ];

    private static readonly FrozenDictionary<string, string> Requestable = Pairs
        .SelectMany(pair => pair.Actions.Select(action => $"{pair.Type}:{action}"))
        .Concat(Scopes.Composite)
        .Select(name => KeyValuePair.Create(name, name))
        .Append(new("all", "coder:all"))
        .Append(new("application_connect", "coder:application_connect"))
        .ToFrozenDictionary(StringComparer.Ordinal);

    public string? Canonical(string? name) => name is null ? null : Requestable.GetValueOrDefault(name);

    public string? CanonicalTarget(string? entry) => AllowEntry.Parse(entry)?.ToString();

    public bool IsWithin(Subject actor, IReadOnlyList<string> scopes, IReadOnlyList<string> allowList) =>
        actor is RoleSubject held && held.Scope.Covers(Scopes.Of(scopes, allowList));
}
