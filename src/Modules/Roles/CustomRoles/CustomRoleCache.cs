using System.Collections.Concurrent;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.CustomRoles;

/// <summary>Compiled custom roles by id and version. A version never changes its meaning, so nothing has to be invalidated.</summary>
internal sealed class CustomRoleCache(int capacity = 8192)
{
    private readonly ConcurrentDictionary<(Guid Id, int Version), CompiledRole> _compiled = new();

    public int Count => _compiled.Count;

    public CompiledRole? Find(Guid id, int version) => _compiled.GetValueOrDefault((id, version));

    public CompiledRole Add(Guid id, int version, CompiledRole role)
    {
        if (_compiled.Count >= capacity)
            _compiled.Clear();
        return _compiled[(id, version)] = role;
    }
}
