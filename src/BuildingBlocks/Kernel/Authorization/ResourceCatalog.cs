using System.Collections.Frozen;
using static Monolith.Kernel.Authorization.PermissionAction;

namespace Monolith.Kernel.Authorization;

/// <summary>What the modules of the process declare: resource types, their actions, and the wire names of both.</summary>
public static class ResourceCatalog
{
    private static readonly Lock Gate = new();
    private static readonly string[] ActionNames = [.. Enum.GetNames<PermissionAction>().Select(SnakeCase)];

    private static readonly FrozenDictionary<string, PermissionAction> ActionsByName =
        Enum.GetValues<PermissionAction>().ToFrozenDictionary(action => ActionNames[(int)action], StringComparer.Ordinal);

    private static volatile Declared _declared = new([]);
    private static bool _sealed;

    /// <summary>Every declared type, in alphabetical order of the wire name. The wildcard is none.</summary>
    public static IReadOnlyList<ResourceType> Types => _declared.Types;

    /// <summary>Everything that is declared, in the order of <see cref="Types"/>.</summary>
    public static IReadOnlyList<ResourceDeclaration> Declarations => _declared.All;

    /// <summary>Adds what a module declares; again the same is nothing new. Throws <see cref="InvalidOperationException"/> for a type that another module declares differently, and for a new one after <see cref="Seal"/>.</summary>
    public static void Declare(IEnumerable<ResourceDeclaration> declarations)
    {
        lock (Gate)
        {
            List<ResourceDeclaration> fresh = [];
            foreach (var one in declarations.Select(Sorted))
            {
                if (_declared.ByName.GetValueOrDefault(one.Name) is not { } known)
                    fresh.Add(_sealed ? throw new InvalidOperationException($"The resource type {one.Name} is declared after permissions were compiled: add its module before the first host of the process starts.") : one);
                else if (known.Words != one.Words || !known.Actions.SequenceEqual(one.Actions))
                    throw new InvalidOperationException($"The resource type {one.Name} is declared twice, and not alike.");
            }

            if (fresh.Count > 0)
                _declared = new Declared([.. _declared.All, .. fresh]);
        }
    }

    /// <summary>Ends the declaring: roles are compiled from now on. Answers the declared actions of each type as bits, by <see cref="ResourceType.Index"/>.</summary>
    public static uint[] Seal()
    {
        lock (Gate)
        {
            _sealed = true;
            return _declared.Masks;
        }
    }

    /// <summary>The actions that <paramref name="type"/> declares, in alphabetical order; empty for the wildcard and for a type that nobody declares.</summary>
    public static IReadOnlyList<PermissionAction> ActionsOf(ResourceType type) => Find(type)?.Actions ?? [];

    /// <summary>What pages call objects of the type, in the plural; null when nobody declares it.</summary>
    public static string? WordsOf(ResourceType type) => Find(type)?.Words;

    /// <summary>True when a question about this pair makes sense: both are concrete and the type declares the action.</summary>
    public static bool Declares(ResourceType type, PermissionAction action) => ActionsOf(type).Contains(action);

    /// <summary>The snake_case name, <c>*</c> for the wildcard.</summary>
    public static string WireName(this ResourceType type) => type.ToString();

    /// <summary>The snake_case name, <c>*</c> for the wildcard.</summary>
    public static string WireName(this PermissionAction action) => ActionNames[(int)action];

    /// <summary>Reads a wire name; false for a name that nobody declares.</summary>
    public static bool TryParse(string? name, out ResourceType type)
    {
        var known = name is "*" || (name is not null && _declared.ByName.ContainsKey(name));
        type = known ? name! : ResourceType.Any;
        return known;
    }

    /// <inheritdoc cref="TryParse(string?, out ResourceType)" />
    public static bool TryParse(string? name, out PermissionAction action)
    {
        action = Any;
        return name is not null && ActionsByName.TryGetValue(name, out action);
    }

    private static ResourceDeclaration? Find(ResourceType type)
    {
        var byIndex = _declared.ByIndex;
        return type.Index < byIndex.Length ? byIndex[type.Index] : null;
    }

    private static ResourceDeclaration Sorted(ResourceDeclaration one) =>
        one.Actions.Length == 0 || one.Actions.Contains(Any)
            ? throw new InvalidOperationException($"The resource type {one.Name} must declare its actions, and the wildcard is none.")
            : one with { Actions = [.. one.Actions.Distinct().OrderBy(action => action.WireName(), StringComparer.Ordinal)] };

    private static string SnakeCase(string name) => name == nameof(Any)
        ? "*"
        : string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "_") + char.ToLowerInvariant(c) : c.ToString()));

    private sealed class Declared
    {
        public Declared(IEnumerable<ResourceDeclaration> all)
        {
            All = [.. all.OrderBy(one => one.Name, StringComparer.Ordinal)];
            Types = [.. All.Select(one => (ResourceType)one.Name)];
            ByName = All.ToFrozenDictionary(one => one.Name, StringComparer.Ordinal);
            ByIndex = new ResourceDeclaration?[Types.Select(type => type.Index).Append(0).Max() + 1];
            Masks = new uint[ByIndex.Length];
            foreach (var (type, one) in Types.Zip(All))
            {
                ByIndex[type.Index] = one;
                Masks[type.Index] = one.Actions.Aggregate(0u, (mask, action) => mask | (1u << (int)action));
            }
        }

        public IReadOnlyList<ResourceDeclaration> All { get; }

        public IReadOnlyList<ResourceType> Types { get; }

        public FrozenDictionary<string, ResourceDeclaration> ByName { get; }

        public ResourceDeclaration?[] ByIndex { get; }

        public uint[] Masks { get; }
    }
}
