using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Clients;

/// <summary>Numbers in names are the conformance cases of the clients specification, section 9.</summary>
[Collection(UsersGroup.Name)]
public sealed class TokenCases(ServerFixture fixture)
{
    private const string Tokens = "/users/me/keys/tokens";
    private static readonly string Id = Guid.CreateVersion7().ToString();
    private readonly Scenario _s = fixture.Scenario;

    /// <summary>The catalogue of the newest release that was read: clients specification 1.1.</summary>
    private static readonly string[] Public =
    [
        "coder:all", "coder:application_connect",
        "coder:workspaces.create", "coder:workspaces.operate", "coder:workspaces.delete", "coder:workspaces.access",
        "coder:templates.build", "coder:templates.author", "coder:apikeys.manage_self",
        .. Pairs("workspace", "read create update delete ssh start stop application_connect *"),
        .. Pairs("template", "read create update delete use *"),
        .. new[] { "api_key", "task", "user_secret", "user_skill", "user_memory" }.SelectMany(type => Pairs(type, "read create update delete *")),
        .. Pairs("file", "read create *"),
        .. Pairs("user", "read read_personal update_personal *"),
        .. Pairs("organization", "read update delete *"),
    ];

    /// <summary>Of other releases, and our own two.</summary>
    private static readonly string[] Others =
    [
        .. Pairs("organization_skill", "read create update delete *"), .. Pairs("chat_model_config", "read share"),
        .. Pairs("inbox_notification", "read update"), .. Pairs("aibridge_interception", "read create"),
    ];

    [Fact]
    public async Task Case_1_the_scopes_are_told_to_everybody()
    {
        var answer = await _s.Anonymous().GetAsync("/auth/scopes");
        Assert.Equal(200, answer.Code);
        var names = answer["external"]!.AsArray().Select(name => name!.GetValue<string>()).ToList();
        Assert.Equal(60, Public.Length);
        Assert.Equal(Public.Concat(Others).Order(StringComparer.Ordinal), names);
    }

    [Fact]
    public async Task Case_2_every_scope_and_both_aliases_make_a_token()
    {
        foreach (var scope in Public.Concat(Others).Concat(["all", "application_connect"]))
        {
            var made = await MakeAsync(new { scopes = new[] { scope } });
            Assert.Equal($"""["{(scope is "all" or "application_connect" ? "coder:" : "")}{scope}"]""", made["scopes"]!.ToJsonString());
        }
    }

    [Fact]
    public async Task Case_3_a_scope_that_nobody_may_ask_for_is_named()
    {
        foreach (var wrong in new[] { "nope:read", "license:read" })
        {
            var refused = await _s.Owner.PostAsync(Tokens, new { scopes = new[] { "coder:all", wrong } });
            Assert.Equal((400, "scopes"), (refused.Code, refused.Field()));
            Assert.Contains(wrong, refused.Text("detail"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Cases_4_and_5_the_list_beats_the_old_field_and_neither_is_everything()
    {
        Assert.Equal("""["workspace:read"]""", (await MakeAsync(new { scope = "all", scopes = new[] { "workspace:read" } }))["scopes"]!.ToJsonString());
        var plain = await MakeAsync(new { });
        Assert.Equal(("""["coder:all"]""", "all", """["*:*"]"""), (plain["scopes"]!.ToJsonString(), plain.Text("scope"), plain["allow_list"]!.ToJsonString()));
    }

    [Fact]
    public async Task Case_6_an_allow_list_is_read_as_texts_and_as_objects_and_answered_as_texts()
    {
        var texts = await MakeAsync(new { allow_list = new[] { $"workspace:{Id}" } });
        var objects = await MakeAsync(new { allow_list = new[] { new { type = "workspace", id = Id } } });
        Assert.Equal($"""["workspace:{Id}"]""", texts["allow_list"]!.ToJsonString());
        Assert.Equal(texts["allow_list"]!.ToJsonString(), objects["allow_list"]!.ToJsonString());
    }

    [Theory]
    [InlineData("""["workspace:*","workspace:{id}","workspace:*"]""", """["workspace:*"]""")]
    [InlineData("""["*:*","user:{id}"]""", """["*:*"]""")]
    [InlineData("""["user:{id}",{"type":"template","id":"*"},"template:{id}"]""", """["template:*","user:{id}"]""")]
    [InlineData("[]", """["*:*"]""")]
    public async Task Case_7_what_says_nothing_more_is_not_stored(string sent, string stored) =>
        Assert.Equal(stored.Replace("{id}", Id, StringComparison.Ordinal), (await MakeAsync($$"""{"allow_list":{{sent.Replace("{id}", Id, StringComparison.Ordinal)}}}"""))["allow_list"]!.ToJsonString());

    [Theory]
    [InlineData("""["workspace"]""")]
    [InlineData("""["nope:*"]""")]
    [InlineData("""["workspace:abc"]""")]
    [InlineData("""[":"]""")]
    [InlineData("""[null]""")]
    [InlineData("""[{"type":"workspace"}]""")]
    [InlineData("""[{"type":"nope","id":"*"}]""")]
    [InlineData("""129""")]
    public async Task Case_8_a_bad_allow_list_is_named(string list)
    {
        var sent = list == "129" ? $"[{string.Join(',', Enumerable.Range(0, 129).Select(_ => $"\"user:{Guid.CreateVersion7()}\""))}]" : list;
        var refused = await _s.Owner.PostAsync(Tokens, $$"""{"allow_list":{{sent}}}""");
        Assert.Equal((400, "allow_list"), (refused.Code, refused.Field()));
    }

    [Fact]
    public async Task Case_8_what_can_be_no_entry_is_named_by_its_place_and_128_are_possible()
    {
        Assert.Equal("allow_list[1]", (await _s.Owner.PostAsync(Tokens, """{"allow_list":["*:*",1]}""")).Field());
        Assert.Equal(201, (await _s.Owner.PostAsync(Tokens, new { allow_list = Enumerable.Range(0, 128).Select(_ => $"user:{Guid.CreateVersion7()}") })).Code);
    }

    [Fact]
    public async Task Case_9_a_token_for_one_organization_reads_that_one()
    {
        var other = (await _s.Owner.PostAsync("/organizations", new { name = UserSteps.Unique("other") })).Text("id");
        using var token = await ClientAsync(new { scopes = new[] { "organization:read" }, allow_list = new[] { $"organization:{_s.OrganizationId}" } });
        Assert.Equal(200, (await token.GetAsync($"/organizations/{_s.OrganizationId}")).Code);
        Assert.Equal(404, (await token.GetAsync($"/organizations/{other}")).Code);
        Assert.Equal(404, (await token.SendAsync(HttpMethod.Patch, $"/organizations/{_s.OrganizationId}", new { description = "x" })).Code);
    }

    [Fact]
    public async Task Case_10_a_token_that_reads_users_makes_none()
    {
        using var token = await ClientAsync(new { scopes = new[] { "user:read" } });
        var name = UserSteps.Unique("nobody");
        Assert.Equal(403, (await token.PostAsync("/users", new { username = name, email = $"{name}@example.com", password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } })).Code);
        Assert.Equal(404, (await _s.Owner.GetAsync($"/users/{name}")).Code);
    }

    [Fact]
    public async Task Case_11_a_lifetime_has_a_bound_and_owners_may_have_one_of_their_own()
    {
        const long day = 86_400_000_000_000;
        Assert.Equal(400, (await _s.Owner.PostAsync(Tokens, new { lifetime = -1 })).Code);
        Assert.Equal(400, (await _s.Owner.PostAsync(Tokens, new { lifetime = long.MaxValue })).Code);
        Assert.Equal(7 * 86_400, (await MakeAsync(new { lifetime = 0 }))["lifetime_seconds"]!.GetValue<long>());
        Assert.Equal(201, (await _s.Owner.PostAsync(Tokens, new { lifetime = 8 * day })).Code);

        await using var replica = await MonolithServer.StartOnAsync(_s.Server.ConnectionString, ("Sessions:MaxOwnerTokenLifetime", "7.00:00:00"));
        var (_, _, person) = await _s.AddPersonAsync("plain");
        using var owner = new ApiClient(replica.Address, _s.Owner.Token);
        using var member = new ApiClient(replica.Address, person.Token);
        var refused = await owner.PostAsync(Tokens, new { lifetime = 8 * day });
        Assert.Equal((400, "lifetime"), (refused.Code, refused.Field()));
        Assert.Equal(201, (await owner.PostAsync(Tokens, new { lifetime = 7 * day })).Code);
        Assert.Equal(201, (await member.PostAsync(Tokens, new { lifetime = 8 * day })).Code);
        Assert.Equal(7 * day, (await owner.GetAsync($"{Tokens}/tokenconfig"))["max_token_lifetime"]!.GetValue<long>());
        Assert.Equal(876_600L * 3_600_000_000_000, (await member.GetAsync($"{Tokens}/tokenconfig"))["max_token_lifetime"]!.GetValue<long>());
    }

    [Fact]
    public async Task A_token_for_reports_of_usage_reports_and_does_nothing_else()
    {
        using var token = await ClientAsync(new { scopes = new[] { "aibridge_interception:create" } });
        var report = await token.PostAsync("/ai-usage/interceptions", new
        {
            interceptions = new[] { new { id = Guid.CreateVersion7(), initiator_id = _s.OwnerId, provider = "anthropic", model = "m", started_at = TimeProvider.System.GetUtcNow() } },
        });
        Assert.Equal((200, 1), (report.Code, report["accepted"]!.GetValue<int>()));
        Assert.Equal(404, (await token.GetAsync("/users/me")).Code);
    }

    private async Task<ApiAnswer> MakeAsync(object body)
    {
        var made = await _s.Owner.PostAsync(Tokens, body);
        Assert.True(made.Code == 201, made.Text);
        return await _s.Owner.GetAsync($"/users/me/keys/{made.Text("key")[..10]}");
    }

    private async Task<ApiClient> ClientAsync(object body) => new(_s.Server.Address, (await _s.Owner.PostAsync(Tokens, body)).Text("key"));

    private static IEnumerable<string> Pairs(string type, string actions) => actions.Split(' ').Select(action => $"{type}:{action}");
}
