using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Monolith.BuildingBlocks.Modules;
using Monolith.Roles.Assignment;
using Monolith.Roles.Authorizer;
using Monolith.Roles.Contracts;
using Monolith.Roles.CustomRoles;
using Monolith.Roles.Data;

namespace Monolith.Roles;

/// <summary>Who may do what: built-in and custom roles, their assignment, and the decision itself.</summary>
public sealed class RolesModule : IModule
{
    /// <inheritdoc />
    public static string Name => "roles";

    /// <inheritdoc />
    public static void AddServices(IServiceCollection services, IConfiguration configuration)
    {
        services.AddSingleton<CustomRoleCompiler>();
        services.AddSingleton<ISubjects, SubjectFactory>();
        services.AddSingleton<IRoleNames, RoleNames>();
        services.AddSingleton<IKeyScopes, KeyScopes>();
        services.AddScoped<CustomRoleStore>();
        services.AddScoped<ICustomRoleNames>(provider => provider.GetRequiredService<CustomRoleStore>());
        services.AddScoped<IRoleAssignment, RoleAssignment>();
    }
}
