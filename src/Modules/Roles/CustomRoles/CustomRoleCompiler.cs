using System.Collections.Concurrent;
using System.Text.Json;
using Monolith.BuildingBlocks.Http;
using Monolith.Roles.Authorizer;

namespace Monolith.Roles.CustomRoles;

/// <summary>Compiles stored permissions. Equal text compiles once: the text itself is the key, so nothing has to be invalidated.</summary>
internal sealed class CustomRoleCompiler
{
    private const int Capacity = 1024;

    private readonly ConcurrentDictionary<string, CompiledRole> _compiled = new(StringComparer.Ordinal);

    public CompiledRole Compile(string permissionsJson)
    {
        if (_compiled.TryGetValue(permissionsJson, out var known))
            return known;
        if (_compiled.Count >= Capacity)
            _compiled.Clear();
        return _compiled[permissionsJson] = CompiledRole.Compile(new PermissionLists { Organization = Read(permissionsJson) });
    }

    // A type or action that this version no longer knows grants nothing.
    private static List<Permission> Read(string permissionsJson) =>
        [.. JsonSerializer.Deserialize<PermissionView[]>(permissionsJson, WireJson.Options)!.Select(view => view.Parse()).OfType<Permission>()];
}
