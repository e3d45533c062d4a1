using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Description;

/// <summary>Every route, member and value of the public reference of the Members routes stands in the API document.</summary>
public sealed class OriginalReferenceTests : IAsyncLifetime
{
    private const string Member =
        "avatar_url created_at email global_roles has_ai_seat is_service_account last_seen_at login_type name organization_id roles status updated_at user_created_at user_id user_updated_at username";

    private const string Role = "display_name name organization_id organization_member_permissions organization_permissions site_permissions user_permissions";

    private const string ResourceTypes =
        "* aibridge_interception api_key assign_org_role assign_role audit_log boundary_usage chat connection_log crypto_key debug_info deployment_config deployment_stats file group "
        + "group_member idpsync_settings inbox_notification license notification_message notification_preference notification_template oauth2_app oauth2_app_code_token "
        + "oauth2_app_secret organization organization_member prebuilt_workspace provisioner_daemon provisioner_jobs replicas system tailnet_coordinator task template usage_event "
        + "user user_secret webpush_subscription workspace workspace_agent_devcontainers workspace_agent_resource_monitor workspace_dormant workspace_proxy";

    private const string Actions =
        "application_connect assign create create_agent delete delete_agent read read_personal share ssh start stop unassign update update_agent update_personal use view_insights";

    private MonolithServer _server = null!;
    private JsonNode _document = null!;

    public async Task InitializeAsync()
    {
        _server = await MonolithServer.StartAsync();
        using var http = new HttpClient { BaseAddress = _server.Address };
        _document = JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json"))!;
    }

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Theory]
    [InlineData("get", "/organizations/{organization}/members", "200", Member)]
    [InlineData("get", "/organizations/{organization}/members/roles", "200", $"assignable built_in {Role}")]
    [InlineData("put", "/organizations/{organization}/members/roles", "200", Role)]
    [InlineData("post", "/organizations/{organization}/members/roles", "200", Role)]
    [InlineData("delete", "/organizations/{organization}/members/roles/{roleName}", "204", "")]
    [InlineData("get", "/organizations/{organization}/members/{user}", "200", Member)]
    [InlineData("post", "/organizations/{organization}/members/{user}", "200", "created_at organization_id roles updated_at user_id")]
    [InlineData("delete", "/organizations/{organization}/members/{user}", "204", "")]
    [InlineData("put", "/organizations/{organization}/members/{user}/roles", "200", "created_at organization_id roles updated_at user_id")]
    [InlineData("get", "/organizations/{organization}/paginated-members", "200", "count members")]
    [InlineData("get", "/users/roles", "200", $"assignable built_in {Role}")]
    public void A_route_answers_the_members_of_the_reference(string method, string path, string status, string members)
    {
        var response = _document["paths"]![$"/api/v2{path}"]![method]!["responses"]![status];
        Assert.NotNull(response);
        var answered = response["content"]?["application/json"]!["schema"] is { } schema ? MembersOf(schema) : [];
        Assert.Empty(members.Split(' ', StringSplitOptions.RemoveEmptyEntries).Except(answered));
    }

    [Theory]
    [InlineData("ResourceType", ResourceTypes)]
    [InlineData("PermissionAction", Actions)]
    [InlineData("LoginType", "github none oidc password token")]
    [InlineData("UserStatus", "active suspended")]
    public void A_list_of_values_holds_those_of_the_reference(string name, string values)
    {
        var known = _document["components"]!["schemas"]![name]!["enum"]!.AsArray().Select(value => value!.GetValue<string>());
        Assert.Empty(values.Split(' ').Except(known));
    }

    private IEnumerable<string> MembersOf(JsonNode schema) =>
        schema["items"] is { } items ? MembersOf(items)
        : schema["$ref"] is { } reference ? MembersOf(_document["components"]!["schemas"]![reference.GetValue<string>().Split('/')[^1]]!)
        : schema["properties"]!.AsObject().Select(member => member.Key);
}
