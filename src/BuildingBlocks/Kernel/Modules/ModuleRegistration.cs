using System.Reflection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Settings;

namespace Monolith.Kernel.Modules;

/// <summary>Owns a schema of the database, and the statements that touch it.</summary>
public interface ISchemaOwner
{
    /// <summary>The name in lower case, which is that of its database schema.</summary>
    static abstract string Name { get; }
}

/// <summary>A business module: one project, one line in the host's <c>Modules.cs</c>.</summary>
public interface IModule : ISchemaOwner
{
    /// <summary>The resource types of the module, with what may be done to each.</summary>
    static virtual IReadOnlyList<ResourceDeclaration> Permissions => [];

    /// <summary>Wire names of the features that this module implements. A feature that no module declares is never announced as enabled, whatever a license says.</summary>
    static virtual IReadOnlyCollection<string> Features => [];

    /// <summary>The settings that the module reads. A key below one of their sections that no module declares stops the start.</summary>
    static virtual IReadOnlyList<SettingDeclaration> Settings => [];

    /// <summary>Registers what scanning does not find: ports, background services, options.</summary>
    static abstract void AddServices(IServiceCollection services, IConfiguration configuration);
}

/// <summary>A module, as the host knows it.</summary>
/// <param name="Name">Its name, also the database schema.</param>
/// <param name="Assembly">Where its slices and migrations are.</param>
/// <param name="Features">Wire names of the features that it implements.</param>
public sealed record RegisteredModule(string Name, Assembly Assembly, params IReadOnlyCollection<string> Features)
{
    /// <summary>The settings that it reads.</summary>
    public IReadOnlyList<SettingDeclaration> Settings { get; init; } = [];

    internal IReadOnlyList<ResourceDeclaration> Permissions { get; init; } = [];

    internal Action<IServiceCollection, IConfiguration> AddServices { get; init; } = (_, _) => { };

    /// <summary>What the module says of itself; nothing of it is made yet.</summary>
    public static RegisteredModule Of<TModule>()
        where TModule : IModule =>
        new(TModule.Name, typeof(TModule).Assembly, TModule.Features)
        {
            Settings = TModule.Settings,
            Permissions = TModule.Permissions,
            AddServices = TModule.AddServices,
        };
}
