using Dapper;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Hosting;

/// <summary>A module reads and writes its own schema and reads <c>contracts</c>. The database enforces it in every server of the tests.</summary>
public sealed class ModuleRightsTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    [Fact]
    public async Task Every_module_is_held_to_its_own_rights()
    {
        var user = await fixture.Scenario.CreateUserAsync("rights");
        await fixture.Scenario.Owner.GetAsync($"/users/{user}");
        await fixture.Scenario.Owner.GetAsync("/entitlements");
        await fixture.Scenario.Owner.GetAsync("/licenses");
        await fixture.Scenario.Owner.GetAsync($"/organizations/{fixture.Scenario.OrganizationId}/members/roles");

        Assert.All(["members", "entitlements", "roles"], module => Assert.NotEmpty(ModuleRights.Seen[module]));
    }

    [Theory]
    [InlineData("members", "select count(*) from roles.custom_roles")]
    [InlineData("members", "select count(*) from entitlements.licenses")]
    [InlineData("roles", "select count(*) from members.users")]
    [InlineData("entitlements", "delete from members.users")]
    [InlineData("entitlements", "select count(*) from platform.audit_logs")]
    [InlineData("roles", "delete from contracts.users")]
    public async Task A_statement_that_crosses_the_border_is_refused(string module, string sql)
    {
        await using var connection = new NpgsqlConnection(fixture.Scenario.Server.ConnectionString);

        var refusal = await Assert.ThrowsAsync<PostgresException>(() => connection.ExecuteScalarAsync($"set role monolith_only_{module}; {sql}"));

        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, refusal.SqlState);
    }
}
