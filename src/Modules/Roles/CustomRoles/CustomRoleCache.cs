using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Monolith.Kernel.Telemetry;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.CustomRoles;

/// <summary>Compiled custom roles by id and version. A version never changes its meaning, so nothing has to be invalidated.</summary>
internal sealed class CustomRoleCache(int capacity = 8192)
{
    private static readonly Counter<long> Lookups = MonolithMeter.Instance.CreateCounter<long>("monolith.cache.lookups", "{lookup}", "Look-ups in a cache, and whether it had the answer.");

    private readonly ConcurrentDictionary<(Guid Id, int Version), CompiledRole> _compiled = new();

    public int Count => _compiled.Count;

    public CompiledRole? Find(Guid id, int version)
    {
        var role = _compiled.GetValueOrDefault((id, version));
        Lookups.Add(1, new("cache", "custom_roles"), new("hit", role is not null));
        return role;
    }

    public CompiledRole Add(Guid id, int version, CompiledRole role)
    {
        if (_compiled.Count >= capacity)
            _compiled.Clear();
        return _compiled[(id, version)] = role;
    }
}
