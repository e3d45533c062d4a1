using Monolith.BuildingBlocks.Authorization;

namespace Monolith.Roles.Contracts;

/// <summary>The scopes and allow lists that API keys are made with (roles specification 1.10).</summary>
public interface IKeyScopes
{
    /// <summary>The canonical name of a scope that users may ask for; null for internal and unknown names.</summary>
    string? Canonical(string? name);

    /// <summary>The canonical form of an allow list entry <c>type:id</c>, where either side may be <c>*</c>; null when it is neither.</summary>
    string? CanonicalTarget(string? entry);

    /// <summary>True when a key with these canonical scopes and entries could do nothing that the key of <paramref name="actor"/> may not. Roles are not compared.</summary>
    bool IsWithin(Subject actor, IReadOnlyList<string> scopes, IReadOnlyList<string> allowList);
}
