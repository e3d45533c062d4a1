using Monolith.Api.Tests.BadInput;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Hidden and absent are never told apart: every route of the OpenAPI document that names an organization or a member.</summary>
[Collection(BadInputGroup.Name)]
public sealed class HiddenTests(BadInputServer server)
{
    private static int _serial;

    [Fact]
    public async Task A_foreign_organization_answers_as_one_that_does_not_exist()
    {
        var hidden = await CreateAsync();
        var (id, admin) = await server.Scenario.AddAsync(Unique());
        await server.Scenario.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { "organization-admin" } });
        var stranger = await server.Scenario.CreateUserAsync(Unique());
        await server.Scenario.Owner.PostAsync($"/organizations/{hidden.Id}/members/{stranger}");

        var routes = server.Operations.Where(operation => operation.Path.Contains("{organization}", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count > 10, $"{routes.Count} routes");
        foreach (var route in routes)
        {
            foreach (var user in new[] { "me", stranger.ToString(), "nobody" })
            {
                var absent = await SendAsync(route, Guid.CreateVersion7().ToString(), user, admin);
                Assert.Equal(404, absent.Code);
                foreach (var reference in new[] { hidden.Id.ToString(), hidden.Name, "nothing" })
                    AssertSame(route, absent, await SendAsync(route, reference, user, admin));
            }
        }
    }

    [Fact]
    public async Task Somebody_who_is_no_member_answers_as_somebody_who_does_not_exist()
    {
        var elsewhere = await CreateAsync();
        var (adminId, admin) = await server.Scenario.AddAsync(Unique());
        await server.Scenario.Owner.PutAsync($"/organizations/default/members/{adminId}/roles", new { roles = new[] { "organization-admin" } });
        var (_, member) = await server.Scenario.AddAsync(Unique());
        var name = Unique();
        var outsider = await server.Scenario.CreateUserAsync(name);
        await server.Scenario.Owner.PostAsync($"/organizations/{elsewhere.Id}/members/{outsider}");
        await server.Scenario.Owner.DeleteAsync($"/organizations/default/members/{outsider}");

        var routes = server.Operations.Where(operation => operation.Path.Contains("/members/{user}", StringComparison.Ordinal)).ToList();
        Assert.True(routes.Count > 3, $"{routes.Count} routes");
        foreach (var route in routes)
        {
            // An admin reads every user, so that for them adding is no question of membership.
            List<ApiClient> clients = route.Method == HttpMethod.Post ? [member] : [member, admin, server.Scenario.Owner];
            foreach (var client in clients)
            {
                var absent = await SendAsync(route, "default", "nobody", client);
                Assert.Equal(404, absent.Code);
                Assert.Contains("must be an existing uuid or username", absent.Text, StringComparison.Ordinal);
                foreach (var reference in new[] { name, outsider.ToString(), Guid.CreateVersion7().ToString() })
                    AssertSame(route, absent, await SendAsync(route, "default", reference, client));
            }
        }
    }

    private static string Unique() => $"hide{Interlocked.Increment(ref _serial)}";

    private static void AssertSame(Operation route, ApiAnswer expected, ApiAnswer actual)
    {
        Assert.True((expected.Code, expected.Text) == (actual.Code, actual.Text), $"{route}: {expected.Code} {expected.Text} | {actual.Code} {actual.Text}");
        Assert.Equal(expected.Headers.Select(header => header.Key).Order(StringComparer.Ordinal), actual.Headers.Select(header => header.Key).Order(StringComparer.Ordinal));
    }

    private static Task<ApiAnswer> SendAsync(Operation route, string organization, string user, ApiClient client) =>
        client.SendAsync(route.Method, route.With(organization, user, "1")["/api/v2".Length..], route.HasBody ? "{\"roles\":[],\"user_ids\":[]}" : null);

    private async Task<(Guid Id, string Name)> CreateAsync()
    {
        var name = Unique();
        return ((await server.Scenario.Owner.PostAsync("/organizations", new { name }))["id"]!.GetValue<Guid>(), name);
    }
}
