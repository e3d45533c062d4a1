using System.Collections.Frozen;
using Monolith.Roles.Contracts;

namespace Monolith.Roles.Authorizer;

/// <summary>The scope names that people may ask for. What each grants stands in <see cref="Scopes"/>.</summary>
internal sealed class KeyScopes : IKeyScopes
{
    private static readonly FrozenDictionary<string, string> Aliases = new Dictionary<string, string>
    {
        ["all"] = Scopes.Everything,
        ["application_connect"] = Scopes.ApplicationConnect,
    }.ToFrozenDictionary();

    // A curated list: other pairs work when a key holds them, but nobody may ask for them. What names a thing that is not here grants nothing.
    private static readonly FrozenSet<string> Known =
    [
        .. Aliases.Values,
        .. Scopes.Composites,
        .. Pairs(ResourceType.Workspace, "read", "create", "update", "delete", "ssh", "start", "stop", "application_connect", "*"),
        .. Pairs(ResourceType.Template, "read", "create", "update", "delete", "use", "*"),
        .. Pairs(ResourceType.ApiKey, "read", "create", "update", "delete", "*"),
        .. Pairs(ResourceType.File, "read", "create", "*"),
        .. Pairs(ResourceType.User, "read", "read_personal", "update_personal", "*"),
        .. Pairs(ResourceType.UserSecret, "read", "create", "update", "delete", "*"),
        .. Pairs(ResourceType.Task, "read", "create", "update", "delete", "*"),
        .. Pairs(ResourceType.Organization, "read", "update", "delete", "*"),
        .. Pairs(ResourceType.UserSkill, "read", "create", "update", "delete", "*"),
        .. Pairs("user_memory", "read", "create", "update", "delete", "*"),

        // Some releases had these.
        .. Pairs("organization_skill", "read", "create", "update", "delete", "*"),
        .. Pairs(ResourceType.ChatModelConfig, "read", "share"),
        .. Pairs(ResourceType.InboxNotification, "read", "update"),

        // Ours, for programs that report usage.
        .. Pairs(ResourceType.AibridgeInterception, "read", "create"),
    ];

    public IReadOnlyList<string> Requestable { get; } = [.. Known.Order(StringComparer.Ordinal)];

    public string? Canonical(string? name)
    {
        if (name is null)
            return null;
        return Aliases.TryGetValue(name, out var canonical) ? canonical : Known.Contains(name) ? name : null;
    }

    public string? CanonicalTarget(string? entry) => AllowEntry.Parse(entry)?.ToString();

    public IReadOnlyList<string> CanonicalList(IEnumerable<string> entries)
    {
        var known = entries.Select(entry => AllowEntry.Parse(entry)!.Value).Distinct().ToList();
        return [.. known
            .Where(entry => !known.Exists(other => other != entry && other.Covers(entry)))
            .Select(entry => entry.ToString())
            .Order(StringComparer.Ordinal)];
    }

    public bool IsWithin(Subject actor, IReadOnlyList<string> scopes, IReadOnlyList<string> allowList) =>
        actor is RoleSubject held && held.Scope.Covers(Scopes.Of(scopes, allowList));

    private static IEnumerable<string> Pairs(ResourceType type, params string[] actions) => Pairs(type.WireName(), actions);

    private static IEnumerable<string> Pairs(string type, params string[] actions) => actions.Select(action => $"{type}:{action}");
}
