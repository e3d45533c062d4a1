using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Clients.Tests;

/// <summary>
/// The request sequences of the public command line, replayed: each command is what it sends, in its order. It cannot be installed everywhere, so this stands in for it;
/// <see cref="RealClientTests"/> says so.
/// </summary>
public sealed class CommandLineTests : IAsyncLifetime, IDisposable
{
    private Scenario _s = null!;
    private GoClient _go = null!;
    private Guid _ben;

    public async Task InitializeAsync()
    {
        _s = await Scenario.StartAsync();
        _go = new GoClient(_s.Server.Address, _s.Owner.Token);
        _ben = await _s.CreateUserAsync("ben");
    }

    public async Task DisposeAsync() => await _s.DisposeAsync();

    public void Dispose() => _go.Dispose();

    [Fact]
    public async Task Of_73_commands_70_work_or_say_what_is_not_here()
    {
        var commands = Working().Concat(Commands.NotHere.Select(command => (command.Name, Run: (Func<Task>)(() => NotHereAsync(command.Requests))))).ToList();
        Assert.Equal(73, commands.Select(command => command.Name).Distinct().Count());
        List<string> failed = [];
        foreach (var (name, run) in commands)
        {
            try
            {
                await run();
            }
            catch (Exception exception) when (exception is InvalidOperationException or HttpRequestException)
            {
                failed.Add($"{name}: {exception.Message}");
            }
        }

        Assert.True(commands.Count - failed.Count >= 70, string.Join('\n', failed));
        Assert.Empty(failed);
    }

    private IEnumerable<(string Name, Func<Task> Run)> Working()
    {
        const string org = "/organizations/main";
        yield return ("version", () => _go.DoAsync("GET", "/buildinfo", null, Shape.BuildInfo));
        yield return ("login", LoginAsync);
        yield return ("whoami", () => _go.DoAsync("GET", "/users/me", null, Shape.User));
        yield return ("logout", LogoutAsync);
        yield return ("users list", () => _go.DoAsync("GET", "/users", null, $"users[{Shape.User}]"));
        yield return ("users list --github-user-id", () => _go.DoAsync("GET", "/users?q=github_com_user_id:1", null, $"users[{Shape.User}]"));
        yield return ("users show", ShowUserAsync);
        yield return ("users create", () => CreateUserAsync("cleo", new { login_type = "password", password = Scenario.Password }));
        yield return ("users create --login-type none", () => CreateUserAsync("dan", new { login_type = "none" }));
        yield return ("users create --service-account", () => CreateUserAsync("robot", new { service_account = true, email = "" }));
        yield return ("users edit-roles", () => _go.DoAsync("PUT", $"/users/{_ben}/roles", new { roles = new[] { "auditor" } }, Shape.User));
        yield return ("users suspend", () => _go.DoAsync("PUT", $"/users/{_ben}/status/suspend", null, Shape.User));
        yield return ("users activate", () => _go.DoAsync("PUT", $"/users/{_ben}/status/activate", null, Shape.User));
        yield return ("users delete", DeleteUserAsync);
        yield return ("users oidc-claims", () => SaysAsync("GET", "/users/oidc-claims", 400, "identity provider"));
        yield return ("reset-password", () => _go.DoAsync("PUT", $"/users/{_ben}/password", new { old_password = "", password = "Other-Horse-9-Battery" }));
        yield return ("tokens create", () => _go.DoAsync("POST", "/users/me/keys/tokens", new { lifetime = 0, scope = "", scopes = (string[]?)null, token_name = "one", allow_list = (string[]?)null }, Shape.Generated));
        yield return ("tokens create --scope --allow", () => _go.DoAsync("POST", "/users/me/keys/tokens", new { lifetime = 3_600_000_000_000, scopes = new[] { "workspace:read", "coder:apikeys.manage_self" }, token_name = "two", allow_list = new[] { $"workspace:{_ben}", "template:*" } }, Shape.Generated));
        yield return ("tokens list", () => _go.DoAsync("GET", "/users/me/keys/tokens", null, $"[{Shape.Key}]"));
        yield return ("tokens list --all", () => _go.DoAsync("GET", "/users/me/keys/tokens?include_all=true", null, $"[{Shape.Key} username:text]"));
        yield return ("tokens list --include-expired", () => _go.DoAsync("GET", "/users/me/keys/tokens?include_expired=true", null, $"[{Shape.Key}]"));
        yield return ("tokens view", () => _go.DoAsync("GET", "/users/me/keys/tokens/two", null, Shape.Key));
        yield return ("tokens remove", RemoveTokenAsync);
        yield return ("organizations show me", () => _go.DoAsync("GET", "/users/me/organizations", null, $"[{Shape.Organization}]"));
        yield return ("organizations list", () => _go.DoAsync("GET", "/organizations", null, $"[{Shape.Organization}]"));
        yield return ("organizations show", () => _go.DoAsync("GET", org, null, Shape.Organization));
        yield return ("organizations create", () => _go.DoAsync("POST", "/organizations", new { name = "acme", display_name = "", description = "", icon = "" }, Shape.Organization));
        yield return ("organizations delete", () => _go.DoAsync("DELETE", "/organizations/acme"));
        yield return ("organizations members list", () => _go.DoAsync("GET", $"{org}/members", null, $"[{Shape.Member}]"));
        yield return ("organizations members remove", () => _go.DoAsync("DELETE", $"{org}/members/ben"));
        yield return ("organizations members add", () => _go.DoAsync("POST", $"{org}/members/ben"));
        yield return ("organizations members edit-roles", () => _go.DoAsync("PUT", $"{org}/members/{_ben}/roles", new { roles = new[] { "organization-auditor" } }, "roles:list user_id:uuid"));
        yield return ("organizations roles create", () => _go.DoAsync("POST", $"{org}/members/roles", RoleBody("read"), Shape.Role));
        yield return ("organizations roles update", () => _go.DoAsync("PUT", $"{org}/members/roles", RoleBody("update"), Shape.Role));
        yield return ("organizations roles edit (2024)", () => _go.DoAsync("PATCH", $"{org}/members/roles", RoleBody("use"), Shape.Role));
        yield return ("organizations roles show", () => _go.DoAsync("GET", $"{org}/members/roles", null, $"[{Shape.Role} assignable:bool built_in:bool]"));
        yield return ("organizations settings show workspace-sharing", () => _go.DoAsync("GET", $"{org}/settings/workspace-sharing", null, Shape.Sharing));
        yield return ("organizations settings set workspace-sharing", () => _go.DoAsync("PATCH", $"{org}/settings/workspace-sharing", new { sharing_disabled = true }, Shape.Sharing));
        yield return ("licenses add", () => _go.DoAsync("POST", "/licenses", new { license = License() }, Shape.License));
        yield return ("licenses list", () => _go.DoAsync("GET", "/licenses", null, $"[{Shape.License}]"));
        yield return ("licenses delete", async () => await _go.DoAsync("DELETE", $"/licenses/{System.Text.Json.Nodes.JsonNode.Parse((await _go.DoAsync("GET", "/licenses")).Text)![0]!["id"]}"));
        yield return ("features list", () => _go.DoAsync("GET", "/entitlements", null, Shape.Entitlements));
        yield return ("groups list", () => _go.DoAsync("GET", $"{org}/groups", null, "[id:uuid name:text display_name:text organization_id:uuid members:list avatar_url:text]"));
        yield return ("external-auth list", () => _go.DoAsync("GET", "/external-auth", null, "providers:list links:list"));
        yield return ("users status-counts", () => _go.DoAsync("GET", "/insights/user-status-counts?tz_offset=0", null, "status_counts:object"));
        yield return ("aibridge interceptions list", () => _go.DoAsync("GET", "/aibridge/interceptions", null, "results:list count:int"));
        yield return ("server first-user", () => _go.DoAsync("GET", "/users/first", null, "message:text"));
    }

    private async Task LoginAsync()
    {
        using var stranger = new GoClient(_s.Server.Address);
        await stranger.DoAsync("GET", "/buildinfo", null, Shape.BuildInfo);
        await stranger.DoAsync("GET", "/users/first", null, "message:text");
        var session = await stranger.DoAsync("POST", "/users/login", new { email = "owner@example.com", password = Scenario.Password }, "session_token:text");
        using var signedIn = new GoClient(_s.Server.Address, session["session_token"]);
        await signedIn.DoAsync("GET", "/users/me", null, Shape.User);
    }

    private async Task LogoutAsync()
    {
        var key = (await _go.DoAsync("POST", "/users/me/keys", null, Shape.Generated))["key"];
        using var other = new GoClient(_s.Server.Address, key);
        await other.DoAsync("POST", "/users/logout", null, "message:text");
    }

    private async Task ShowUserAsync()
    {
        await _go.DoAsync("GET", "/users/ben", null, Shape.User);
        await _go.DoAsync("GET", $"/organizations/{_s.OrganizationId}", null, Shape.Organization);
    }

    private async Task CreateUserAsync(string name, object more)
    {
        await _go.DoAsync("GET", "/users/me/organizations", null, $"[{Shape.Organization}]");
        var body = System.Text.Json.JsonSerializer.SerializeToNode(more)!.AsObject();
        body["username"] = name;
        body["email"] ??= $"{name}@example.com";
        body["name"] = "";
        body["user_status"] = null;
        body["organization_ids"] = new System.Text.Json.Nodes.JsonArray(_s.OrganizationId.ToString());
        await _go.DoAsync("POST", "/users", body.ToJsonString(), Shape.User);
    }

    private async Task DeleteUserAsync()
    {
        var user = await _go.DoAsync("GET", "/users/dan", null, Shape.User);
        await _go.DoAsync("DELETE", $"/users/{user["id"]}");
    }

    private async Task RemoveTokenAsync()
    {
        var token = await _go.DoAsync("GET", "/users/me/keys/tokens/one", null, Shape.Key);
        await _go.DoAsync("DELETE", $"/users/me/keys/{token["id"]}");
    }

    private async Task SaysAsync(string method, string path, int code, string text)
    {
        var answer = await _go.AskAsync(method, path);
        if (answer.Code != code || !answer.Text.Contains(text, StringComparison.Ordinal))
            throw new InvalidOperationException($"{answer.Code} {answer.Text}");
    }

    private async Task NotHereAsync(IEnumerable<(string Method, string Path)> requests)
    {
        foreach (var (method, path) in requests)
            await SaysAsync(method, path, 404, "is not here");
    }

    private static object RoleBody(string action) => new
    {
        name = "night-shift",
        display_name = "Night shift",
        site_permissions = (object?)null,
        organization_permissions = new[] { new { negate = false, resource_type = "template", action } },
        user_permissions = (object?)null,
    };

    private static string License()
    {
        var now = TimeProvider.System.GetUtcNow();
        var keys = DevelopmentKey.LoadOrCreate(Path.Combine(Path.GetTempPath(), $"monolith-tests-{Environment.UserName}", "keys"));
        var terms = new LicenseTerms("test", now.AddDays(-1), now.AddDays(30), now.AddDays(40), now.AddMinutes(-1), Features: new Dictionary<string, long> { ["audit_log"] = 1 });
        return LicenseTool.Issue(terms, keys.PrivateKey, DevelopmentKey.Id);
    }
}
