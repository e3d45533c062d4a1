using Carter;
using Dapper;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Data.Connections;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Modules;
using Monolith.Kernel.Pipeline;
using Monolith.Kernel.Results;
using Monolith.Roles;
using Monolith.Testing;
using Monolith.Web.Http;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A module reads and writes its own schema and reads <c>contracts</c>. The database enforces it in every server of the tests.</summary>
public sealed class ModuleRightsTests : IAsyncLifetime
{
    private Scenario _scenario = null!;

    public async Task InitializeAsync() => _scenario = await Scenario.StartWithAsync(services => services.AddSlices([typeof(CrossingHandler)]).AddEndpoints([typeof(CrossingEndpoint)]));

    public async Task DisposeAsync() => await _scenario.DisposeAsync();

    [Fact]
    public async Task Every_module_of_the_host_is_held_to_its_own_rights()
    {
        var modules = _scenario.Server.Services.GetServices<RegisteredModule>().ToList();
        Assert.NotEmpty(modules);
        foreach (var module in modules)
        {
            await using var scope = _scenario.Server.Services.CreateAsyncScope();
            var owner = module.Assembly.GetTypes().Single(type => type.IsClass && typeof(IModule).IsAssignableFrom(type));
            var db = (Db)scope.ServiceProvider.GetRequiredService(typeof(Db<>).MakeGenericType(owner));

            Assert.Equal(ModuleRoles.Of(module.Name), await db.ScalarAsync<string>("select current_user", null, CancellationToken.None));
            foreach (var other in modules.Where(other => other != module))
            {
                var crossing = await Assert.ThrowsAsync<ModuleBorderException>(() => db.ExecuteAsync($"create table {other.Name}.stolen (n int)", null, CancellationToken.None));
                Assert.Contains($"The module {module.Name} went over its border", crossing.Message, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("members", "select count(*) from roles.custom_roles")]
    [InlineData("members", "select count(*) from entitlements.licenses")]
    [InlineData("roles", "select count(*) from members.users")]
    [InlineData("entitlements", "delete from members.users")]
    [InlineData("entitlements", "select count(*) from platform.audit_logs")]
    [InlineData("roles", "delete from contracts.users")]
    [InlineData("members", "create view contracts.more as select 1")]
    public async Task A_statement_that_crosses_the_border_is_refused(string module, string sql)
    {
        await using var connection = new NpgsqlConnection(_scenario.Server.ConnectionString);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteScalarAsync($"set role monolith_{module}; {sql}"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }

    [Fact]
    public async Task The_test_that_makes_a_module_cross_its_border_says_which_and_where()
    {
        var crossing = await Assert.ThrowsAsync<BorderCrossedException>(() => _scenario.Owner.GetAsync("/crossing"));

        Assert.Contains("The module roles went over its border: permission denied for schema members", crossing.Message, StringComparison.Ordinal);
        Assert.Contains("from members.users", crossing.Message, StringComparison.Ordinal);
    }

    internal sealed class CrossingEndpoint : ICarterModule
    {
        public void AddRoutes(IEndpointRouteBuilder app) =>
            app.MapGet("/crossing", (IDispatcher dispatcher, CancellationToken cancellationToken) => dispatcher.SendAsync(new CrossingQuery(), cancellationToken).Ok());
    }

    [AllowAnonymousRequest("A sample.")]
    [NothingToValidate("A sample.")]
    internal sealed record CrossingQuery : IQuery<string>;

    internal sealed class CrossingHandler(Db<RolesModule> db) : IQueryHandler<CrossingQuery, string>
    {
        public async Task<Result<string>> Handle(CrossingQuery request, CancellationToken cancellationToken) =>
            await db.ScalarAsync<string>("select username from members.users limit 1", null, cancellationToken) ?? "";
    }
}
