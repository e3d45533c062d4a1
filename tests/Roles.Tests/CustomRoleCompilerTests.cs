using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using A = Monolith.Kernel.Authorization.PermissionAction;
using T = Monolith.Kernel.Authorization.ResourceType;

namespace Monolith.Roles.Tests;

/// <summary>What a custom role holds is read once for each version.</summary>
public sealed class CustomRoleCompilerTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    [Fact]
    public async Task A_version_is_read_once_and_a_new_one_at_once()
    {
        var texts = new Texts { Stored = Role(1, "create") };
        var compiler = new CustomRoleCompiler(new CustomRoleCache(), texts);

        Assert.True(await AllowsAsync(compiler, 1, A.Create));
        Assert.True(await AllowsAsync(compiler, 1, A.Create));
        Assert.Equal(1, texts.Reads);

        texts.Stored = Role(2, "read");
        Assert.False(await AllowsAsync(compiler, 2, A.Create));
        Assert.Equal(2, texts.Reads);
    }

    [Fact]
    public async Task A_role_that_changed_since_it_was_named_is_as_it_is_now_and_one_that_went_grants_nothing()
    {
        var texts = new Texts { Stored = Role(2, "read") };
        var compiler = new CustomRoleCompiler(new CustomRoleCache(), texts);

        Assert.True(await AllowsAsync(compiler, 1, A.Read));
        texts.Stored = null;
        Assert.False(await AllowsAsync(compiler, 1, A.Read));
        Assert.True(await AllowsAsync(compiler, 2, A.Read));
    }

    [Fact]
    public async Task The_cache_does_not_grow_without_end()
    {
        var texts = new Texts();
        var cache = new CustomRoleCache(capacity: 10);
        var compiler = new CustomRoleCompiler(cache, texts);
        for (var version = 1; version <= 100; version++)
        {
            texts.Stored = Role(version, "read");
            Assert.True(await AllowsAsync(compiler, version, A.Read));
            Assert.InRange(cache.Count, 1, 10);
        }
    }

    private static CustomRole Role(int version, string action) =>
        new(Id, Ids.Org, "builder", "", $$"""[{"negate":false,"resource_type":"template","action":"{{action}}"}]""", version);

    private static async Task<bool> AllowsAsync(CustomRoleCompiler compiler, int version, A action)
    {
        var roles = await compiler.CompileAsync([new CustomRoleFacts(Ids.Org, "builder", Id, version)], CancellationToken.None);
        return roles.TryGetValue((Ids.Org, "builder"), out var role) && role.Organization.Says(T.Template, action).Allows;
    }

    private sealed class Texts : ICustomRoleTexts
    {
        public CustomRole? Stored { get; set; }

        public int Reads { get; private set; }

        public Task<IReadOnlyList<CustomRole>> ReadAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
        {
            Reads++;
            return Task.FromResult<IReadOnlyList<CustomRole>>(Stored is { } role && ids.Contains(role.Id) ? [role] : []);
        }
    }
}
