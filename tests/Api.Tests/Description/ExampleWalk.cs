using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Description;

/// <summary>A walk through every operation of the API. What it sends and gets are the examples of the API document.</summary>
internal sealed class ExampleWalk(Scenario scenario, ExampleRecorder recorder)
{
    private const string Password = Scenario.Password;
    private const string Organization = "research";

    private Guid _grace;
    private Guid _linus;

    private ApiClient Owner => scenario.Owner;

    public async Task TakeAsync()
    {
        await DeploymentAsync();
        await UsersAsync();
        await SettingsAsync();
        await OrganizationsAsync();
        await RolesAsync();
        await KeysAsync();
        await GroupsAsync();
        await SeatsAsync();
        await NotificationsAsync();
        await DoAsync("get-audit-logs", "GET /audit?q=resource_type:group&limit=2");
        await DoAsync("verify-audit-logs", "GET /audit/verify");
        await EndAsync();
    }

    private Task<ApiAnswer> DoAsync(string operation, string request, object? values = null, object? body = null) => recorder.DoAsync(Owner, operation, request, values, body);

    /// <summary>The first user needs a server of its own.</summary>
    public static async Task BeginAsync(ExampleRecorder recorder)
    {
        await using var server = await MonolithServer.StartAsync();
        using var anonymous = new ApiClient(server.Address);
        await recorder.DoAsync(anonymous, "create-initial-user", "POST /users/first", null, new { email = "ada@example.com", username = "ada", name = "Ada Lovelace", password = Password });
        await recorder.DoAsync(anonymous, "check-initial-user-created", "GET /users/first");
        await recorder.DoAsync(anonymous, "log-in-user", "POST /users/login", null, new { email = "ada@example.com", password = Password });
    }

    private async Task DeploymentAsync()
    {
        await DoAsync("build-info", "GET /buildinfo");
        await DoAsync("update-check", "GET /updatecheck");
        await DoAsync("get-appearance", "GET /appearance");
        await DoAsync("get-deployment-config", "GET /deployment/config");
        await DoAsync("get-enabled-experiments", "GET /experiments");
        await DoAsync("get-site-wide-regions-for-workspace-connections", "GET /regions");
        await DoAsync("get-user-external-auths", "GET /external-auth");
        await DoAsync("get-authentication-methods", "GET /users/authmethods");
        await DoAsync("list-api-key-scopes", "GET /auth/scopes");
        await DoAsync("validate-user-password", "POST /users/validate-password", null, new { password = Password });
        await DoAsync("get-oidc-claims", "GET /users/oidc-claims");
        await DoAsync("refresh-entitlements", "POST /licenses/refresh-entitlements");
    }

    private async Task UsersAsync()
    {
        var created = await DoAsync("create-user", "POST /users", null, new { email = "grace@example.com", username = "grace", name = "Grace Hopper", password = Password, user_status = "active", organization_ids = new[] { scenario.OrganizationId } });
        _grace = created["id"]!.GetValue<Guid>();
        _linus = await scenario.CreateUserAsync("linus");
        await DoAsync("get-users", "GET /users?q=status:active&limit=2");
        await DoAsync("get-user", "GET /users/{user}", new { user = "grace" });
        await DoAsync("update-user-profile", "PUT /users/{user}/profile", new { user = "grace" }, new { username = "grace", name = "Grace Brewster Hopper" });
        await DoAsync("update-user-password", "PUT /users/{user}/password", new { user = "grace" }, new { password = "Another-Horse-8-Battery" });
        await DoAsync("suspend-user-account", "PUT /users/{user}/status/suspend", new { user = "linus" });
        await DoAsync("activate-user-account", "PUT /users/{user}/status/activate", new { user = "linus" });
        await DoAsync("get-user-login-type", "GET /users/{user}/login-type", new { user = "me" });
        await DoAsync("get-user-roles", "GET /users/{user}/roles", new { user = "grace" });
        await DoAsync("assign-role-to-user", "PUT /users/{user}/roles", new { user = "grace" }, new { roles = new[] { "auditor" } });
        await DoAsync("invite-user", "POST /users/{user}/invitation", new { user = "linus" });
        var token = await scenario.Server.SqlAsync("select substring(body from 'token=([A-Za-z0-9-]+)') from notifications.messages where rule = 'account'");
        await DoAsync("accept-invitation", "POST /invitations/accept", null, new { token, password = "Another-Horse-8-Battery" });
        await DoAsync("import-users", "POST /users/import?dry_run=true", null, new { accounts = new object[] { new { email = "hedy@example.com", name = "Hedy Lamarr", organizations = new[] { "main" } }, new { email = "grace@example.com" } } });
        await DoAsync("get-dormancy", "GET /dormancy?days=30");
        await DoAsync("list-users-to-become-dormant", "GET /dormancy/users?days=30&limit=2");
        await DoAsync("export-user", "GET /users/{user}/export", new { user = "linus" });
        await DoAsync("get-insights-about-user-status-counts", "GET /insights/user-status-counts?timezone=UTC");
    }

    private async Task SettingsAsync()
    {
        await DoAsync("update-user-appearance-settings", "PUT /users/{user}/appearance", new { user = "me" }, new { theme_preference = "dark", terminal_font = "fira-code" });
        await DoAsync("get-user-appearance-settings", "GET /users/{user}/appearance", new { user = "me" });
        await DoAsync("update-user-preference-settings", "PUT /users/{user}/preferences", new { user = "me" }, new { task_notification_alert_dismissed = true });
        await DoAsync("get-user-preferences-settings", "GET /users/{user}/preferences", new { user = "me" });
    }

    private async Task OrganizationsAsync()
    {
        await DoAsync("create-organization", "POST /organizations", null, new { name = Organization, display_name = "Research" });
        await DoAsync("get-organizations", "GET /organizations");
        await DoAsync("get-organization", "GET /organizations/{organization}", new { organization = Organization });
        await DoAsync("update-organization", "PATCH /organizations/{organization}", new { organization = Organization }, new { description = "Longer thoughts." });
        await DoAsync("get-organizations-by-user", "GET /users/{user}/organizations", new { user = "me" });
        await DoAsync("get-organization-by-user-and-organization-name", "GET /users/{user}/organizations/{organization}", new { user = "me", organization = Organization });
        await DoAsync("update-workspace-sharing-settings-for-organization", "PATCH /organizations/{organization}/settings/workspace-sharing", new { organization = Organization }, new { shareable_workspace_owners = "service_accounts" });
        await DoAsync("get-workspace-sharing-settings-for-organization", "GET /organizations/{organization}/settings/workspace-sharing", new { organization = Organization });
        await DoAsync("add-organization-member", "POST /organizations/{organization}/members/{user}", new { organization = Organization, user = "grace" });
        await DoAsync("add-organization-members", "POST /organizations/{organization}/members", new { organization = Organization }, new { user_ids = new[] { _linus } });
        await DoAsync("import-organization-members", "POST /organizations/{organization}/members/import?dry_run=true", new { organization = Organization }, new { accounts = new[] { new { email = "hedy@example.com", roles = Array.Empty<string>() } } });
        await DoAsync("list-organization-members", "GET /organizations/{organization}/members", new { organization = Organization });
        await DoAsync("paginated-organization-members", "GET /organizations/{organization}/paginated-members?limit=2", new { organization = Organization });
        await DoAsync("get-organization-member", "GET /organizations/{organization}/members/{user}", new { organization = Organization, user = "grace" });
    }

    private async Task RolesAsync()
    {
        var permission = new { resource_type = "organization_member", action = "read" };
        await DoAsync("insert-a-custom-organization-role", "POST /organizations/{organization}/members/roles", new { organization = Organization }, new { name = "watcher", display_name = "Watcher", organization_permissions = new[] { permission } });
        await DoAsync("update-a-custom-organization-role", "PUT /organizations/{organization}/members/roles", new { organization = Organization }, new { name = "watcher", display_name = "Watchers", organization_permissions = new[] { permission } });
        await DoAsync("upsert-a-custom-organization-role", "PATCH /organizations/{organization}/members/roles", new { organization = Organization }, new { name = "watcher", display_name = "Watchers", organization_permissions = new[] { permission } });
        await DoAsync("get-member-roles-by-organization", "GET /organizations/{organization}/members/roles", new { organization = Organization });
        await DoAsync("get-site-member-roles", "GET /users/roles");
        await DoAsync("assign-role-to-organization-member", "PUT /organizations/{organization}/members/{user}/roles", new { organization = Organization, user = "grace" }, new { roles = new[] { "watcher" } });
        await DoAsync("check-authorization", "POST /authcheck", null, new { checks = new { users = new { action = "create", @object = new { resource_type = "user" } } } });
        await DoAsync("explain-authorization", "GET /authcheck/explain?resource_type=user&action=create");
        await DoAsync("delete-a-custom-organization-role", "DELETE /organizations/{organization}/members/roles/{roleName}", new { organization = Organization, roleName = "watcher" });
    }

    private async Task KeysAsync()
    {
        await DoAsync("create-token-api-key", "POST /users/{user}/keys/tokens", new { user = "me" }, new { token_name = "deploy", scopes = new[] { "user:read" }, lifetime = TimeSpan.FromDays(1).Ticks * 100 });
        await DoAsync("get-user-tokens", "GET /users/{user}/keys/tokens", new { user = "me" });
        await DoAsync("get-token-config", "GET /users/{user}/keys/tokens/tokenconfig", new { user = "me" });
        var key = await DoAsync("get-api-key-by-token-name", "GET /users/{user}/keys/tokens/{keyname}", new { user = "me", keyname = "deploy" });
        var keyid = key["id"]!.GetValue<string>();
        await DoAsync("get-api-key-by-id", "GET /users/{user}/keys/{keyid}", new { user = "me", keyid });
        await DoAsync("expire-api-key", "PUT /users/{user}/keys/{keyid}/expire", new { user = "me", keyid });
        await DoAsync("delete-api-key", "DELETE /users/{user}/keys/{keyid}", new { user = "me", keyid });
        var session = await DoAsync("create-new-session-key", "POST /users/{user}/keys", new { user = "me" });
        using var second = new ApiClient(scenario.Server.Address, session["key"]!.GetValue<string>());
        await recorder.DoAsync(second, "log-out-user", "POST /users/logout");
    }

    private async Task GroupsAsync()
    {
        var created = await DoAsync("create-group-for-organization", "POST /organizations/{organization}/groups", new { organization = Organization }, new { name = "writers", display_name = "Writers" });
        var group = created["id"]!.GetValue<Guid>();
        await DoAsync("update-group", "PATCH /groups/{group}", new { group }, new { add_users = new[] { _grace } });
        await DoAsync("get-group", "GET /groups/{group}", new { group });
        await DoAsync("get-group-by-organization-and-name", "GET /organizations/{organization}/groups/{groupName}", new { organization = Organization, groupName = "writers" });
        await DoAsync("get-groups", "GET /groups?has_member=grace");
        await DoAsync("get-groups-by-organization", "GET /organizations/{organization}/groups", new { organization = Organization });
        await DoAsync("paginated-groups-by-organization", "GET /organizations/{organization}/paginated-groups?limit=2", new { organization = Organization });
        await DoAsync("get-group-members", "GET /groups/{group}/members?limit=2", new { group });
        await DoAsync("get-group-members-by-organization-and-name", "GET /organizations/{organization}/groups/{groupName}/members?limit=2", new { organization = Organization, groupName = "writers" });
        await DoAsync("delete-group", "DELETE /groups/{group}", new { group });
    }

    private async Task SeatsAsync()
    {
        var uploaded = await DoAsync("upload-license", "POST /licenses", null, new { license = Licenses.Issue(Licenses.Seats(10)) });
        await DoAsync("list-licenses", "GET /licenses");
        await DoAsync("get-entitlements", "GET /entitlements");
        var interception = new { id = Guid.CreateVersion7(), initiator_id = _grace, provider = "anthropic", model = "claude-sonnet-4", started_at = "2026-01-15T09:30:00Z", ended_at = "2026-01-15T09:30:01Z" };
        await DoAsync("report-interceptions", "POST /ai-usage/interceptions", null, new { interceptions = new[] { interception } });
        var build = new { id = Guid.CreateVersion7(), workspace_id = Guid.CreateVersion7(), workspace_name = "dev", owner_id = _linus, organization_id = scenario.OrganizationId, build_number = 1, transition = "start", has_ai_task = true, created_at = "2026-01-15T09:30:00Z" };
        await DoAsync("report-workspace-builds", "POST /ai-usage/workspace-builds", null, new { builds = new[] { build } });
        await DoAsync("list-interceptions", "GET /aibridge/interceptions?limit=10");
        await DoAsync("list-ai-seats", "GET /ai-seats?limit=2&sort=last_used&dir=desc");
        await DoAsync("forecast-ai-seats", "POST /ai-seats/what-if", null, new { suspend = new[] { _grace }, limit = 5 });
        await DoAsync("get-organization-ai-seat-summary", "GET /organizations/{organization}/ai-seats/summary", new { organization = Organization });
        await DoAsync("get-ai-seat-summary", "GET /ai-seats/summary");
        await DoAsync("get-ai-seat-history", "GET /ai-seats/history?from=2026-01-14&to=2026-01-15");
        await DoAsync("get-user-ai-seat", "GET /users/{user}/ai-seat", new { user = "grace" });
        await DoAsync("delete-license", "DELETE /licenses/{id}", new { id = uploaded["id"]!.GetValue<int>() });
    }

    private async Task NotificationsAsync()
    {
        await DoAsync("list-notification-rules", "GET /notifications/rules");
        await DoAsync("update-notification-rule", "PUT /notifications/rules/{rule}", new { rule = "seats_used" }, new { enabled = true, thresholds = new[] { 75, 90, 100 } });
        var made = await DoAsync("create-notification-target", "POST /notifications/targets", null, new { name = "Chat", kind = "webhook", enabled = false, url = "https://hooks.example.invalid/monolith" });
        var target = made["id"]!.GetValue<Guid>();
        await DoAsync("list-notification-targets", "GET /notifications/targets");
        await DoAsync("get-notification-target", "GET /notifications/targets/{target}", new { target });
        await DoAsync("update-notification-target", "PATCH /notifications/targets/{target}", new { target }, new { name = "Chat of the admins" });
        await DoAsync("renew-notification-target-secret", "POST /notifications/targets/{target}/secret", new { target });
        var delivery = (await DoAsync("test-notification-target", "POST /notifications/targets/{target}/test", new { target }))["id"]!.GetValue<Guid>();
        await scenario.Server.SqlAsync("update notifications.deliveries set status = 'dead', attempts = 12, finished_at = now(), last_error = 'The receiver answered 500.' where target_id is not null");
        await DoAsync("list-notification-deliveries", "GET /notifications/deliveries?status=dead&limit=2");
        await DoAsync("retry-notification-delivery", "POST /notifications/deliveries/{delivery}/retry", new { delivery });
        await DoAsync("delete-notification-target", "DELETE /notifications/targets/{target}", new { target });
    }

    private async Task EndAsync()
    {
        await DoAsync("remove-organization-member", "DELETE /organizations/{organization}/members/{user}", new { organization = Organization, user = "linus" });
        await Owner.DeleteAsync($"/organizations/{Organization}/members/grace");
        await DoAsync("delete-organization", "DELETE /organizations/{organization}", new { organization = Organization });
        await DoAsync("delete-user", "DELETE /users/{user}", new { user = "grace" });
        await DoAsync("erase-user", "POST /users/{user}/erase", new { user = _grace });
    }
}
