using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Every account action of every built-in role on every other, and what follows from them step by step: nobody becomes an owner who is none.</summary>
public sealed class AccountReachTests : IAsyncLifetime
{
    private static readonly string[] Site = ["owner", "user-admin", "template-admin", "auditor"];
    private static readonly string[] InOrganization = ["organization-admin", "organization-user-admin", "organization-template-admin", "organization-auditor", "organization-workspace-creation-ban"];
    private static readonly string[] Roles = ["member", .. Site, .. InOrganization];

    // Whoever sets the password of an account, makes a key of it, or hands out its role, is in effect who holds it.
    private static readonly string[] Takes = ["password", "key", "token", "grant"];

    private Scenario _s = null!;

    public async Task InitializeAsync() => _s = await Scenario.StartAsync();

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Fact]
    public async Task Nobody_reaches_owner_who_is_none()
    {
        var allowed = new List<(string Actor, string Action, string Target)>();
        var tried = 0;
        foreach (var actor in Roles)
        {
            var (_, client) = await AddAsync(actor);
            foreach (var target in Roles)
            {
                foreach (var action in await ActionsAsync(client, target))
                {
                    tried++;
                    Assert.True(action.Answer.Code is 200 or 201 or 204 or 400 or 403 or 404, $"{actor} {action.Name} {target}: {action.Answer.Code} {action.Answer.Text}");
                    if (action.Answer.Code is 200 or 201 or 204)
                        allowed.Add((actor, action.Name, target));
                }
            }
        }

        Assert.Equal(Roles.Length * Roles.Length * 14, tried);
        Assert.Equal("profile", string.Join(' ', allowed.Where(one => one.Target == "owner" && one.Actor != "owner" && !one.Action.StartsWith("member-", StringComparison.Ordinal)).Select(one => one.Action).Distinct()));
        Assert.All(
            new[] { "password", "key", "token", "expire", "delete-key", "activate", "grant", "demote", "delete", "profile" },
            action => Assert.Contains(("owner", action, "owner"), allowed));
        foreach (var role in Roles)
        {
            var reached = Reach(role, allowed);
            Assert.True(role == "owner" || !reached.Contains("owner"), $"{role} reaches {string.Join(' ', reached)}");
        }

        // Known and as in the compatible system: who manages users may take over the account of anybody but an owner.
        Assert.Equal(Roles.Except(["owner"]).Order(StringComparer.Ordinal), Reach("user-admin", allowed).Order(StringComparer.Ordinal));
        Assert.Equal(["organization-admin", "organization-auditor", "organization-template-admin", "organization-user-admin", "organization-workspace-creation-ban"],
            Reach("organization-admin", allowed).Order(StringComparer.Ordinal));
        foreach (var role in Roles.Except(["owner", "user-admin", "organization-admin"]))
            Assert.Equal([role], Reach(role, allowed));
    }

    private static HashSet<string> Reach(string start, List<(string Actor, string Action, string Target)> allowed)
    {
        HashSet<string> reached = [start];
        while (allowed.Any(one => reached.Contains(one.Actor) && Takes.Contains(one.Action.Replace("member-", "", StringComparison.Ordinal)) && reached.Add(one.Target)))
        {
        }
        return reached;
    }

    /// <summary>A fresh holder of the target role for every action, so that one does not stand in the way of the next.</summary>
    private async Task<List<(string Name, ApiAnswer Answer)>> ActionsAsync(ApiClient actor, string target)
    {
        var (first, _) = await AddAsync(target);
        var (second, _) = await AddAsync(target);
        var friend = await _s.CreateUserAsync(UserSteps.Unique("reach"));
        var apart = await _s.CreateUserAsync(UserSteps.Unique("reach"));
        await _s.Owner.DeleteAsync($"/organizations/default/members/{apart}");
        var keys = new[] { await KeyAsync(second), await KeyAsync(second) };
        var name = UserSteps.Unique("reach");
        return
        [
            ("profile", await actor.PutAsync($"/users/{first}/profile", new { username = name, name })),
            ("password", await actor.PutAsync($"/users/{first}/password", new { password = "Another-Horse-10-Charger" })),
            ("key", await actor.PostAsync($"/users/{first}/keys")),
            ("token", await actor.PostAsync($"/users/{first}/keys/tokens", new { })),
            ("expire", await actor.PutAsync($"/users/{second}/keys/{keys[0]}/expire")),
            ("delete-key", await actor.DeleteAsync($"/users/{second}/keys/{keys[1]}")),
            ("grant", Site.Contains(target) ? await actor.PutAsync($"/users/{friend}/roles", new { roles = new[] { target } }) : Nothing),
            ("member-grant", InOrganization.Contains(target) ? await actor.PutAsync($"/organizations/default/members/{friend}/roles", new { roles = new[] { target } }) : Nothing),
            ("member-demote", await actor.PutAsync($"/organizations/default/members/{first}/roles", new { roles = Array.Empty<string>() })),
            ("member-add", await actor.PostAsync($"/organizations/default/members/{apart}")),
            ("suspend", await actor.PutAsync($"/users/{second}/status/suspend")),
            ("activate", await actor.PutAsync($"/users/{second}/status/activate")),
            ("demote", await actor.PutAsync($"/users/{first}/roles", new { roles = Array.Empty<string>() })),
            ("delete", await actor.DeleteAsync($"/users/{second}")),
        ];
    }

    private static ApiAnswer Nothing { get; } = new(System.Net.HttpStatusCode.NotFound, new HttpResponseMessage().Headers, "");

    private async Task<string> KeyAsync(Guid user) => (await _s.Owner.PostAsync($"/users/{user}/keys")).Text("key")[..10];

    private async Task<(Guid Id, ApiClient Client)> AddAsync(string role)
    {
        var id = await _s.CreateUserAsync(UserSteps.Unique("reach"));
        if (Site.Contains(role))
            await _s.Owner.PutAsync($"/users/{id}/roles", new { roles = new[] { role } });
        else if (role != "member")
            Assert.Equal(200, (await _s.Owner.PutAsync($"/organizations/default/members/{id}/roles", new { roles = new[] { role } })).Code);
        return (id, new ApiClient(_s.Server.Address, (await _s.Owner.PostAsync($"/users/{id}/keys")).Text("key")));
    }
}
