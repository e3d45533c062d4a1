using System.Text.Json.Nodes;

namespace Monolith.Api.Tests.Roles;

/// <summary>Roles specification 8 and 9.5, and the explanations of the same questions.</summary>
[Collection(RolesGroup.Name)]
public sealed class AuthCheckApiTests(RolesServer server)
{
    [Theory]
    [InlineData("owner", "all-users myself own-workspaces org-workspaces one-user")]
    [InlineData("organization-admin", "all-users myself own-workspaces org-workspaces one-user")]
    [InlineData("member", "myself own-workspaces")]
    public async Task Five_keys(string person, string allowed)
    {
        var answer = await server.As(person).PostAsync("/authcheck", new
        {
            checks = new Dictionary<string, object>
            {
                ["all-users"] = Check("read", new { resource_type = "user" }),
                ["myself"] = Check("read", new { resource_type = "user", owner_id = "me" }),
                ["own-workspaces"] = Check("read", new { resource_type = "workspace", owner_id = "me", organization_id = server.Here }),
                ["org-workspaces"] = Check("read", new { resource_type = "workspace", organization_id = server.Here }),
                ["one-user"] = Check("read", new { resource_type = "user", resource_id = server.IdOf("auditor") }),
            },
        });
        Assert.Equal(200, answer.Code);
        Assert.Equal(allowed, string.Join(' ', answer.Json!.AsObject().Where(check => check.Value!.GetValue<bool>()).Select(check => check.Key)));
    }

    [Fact]
    public async Task It_answers_the_caller_only()
    {
        Assert.Equal(401, (await server.Scenario.Anonymous().PostAsync("/authcheck", new { checks = new { } })).Code);
        Assert.Equal("{}", (await server.As("member").PostAsync("/authcheck", new { checks = (object?)null })).Text.Trim());
        Assert.Equal(400, (await server.As("member").PostAsync("/authcheck", "null")).Code);
    }

    /// <summary>Every person, every type, every action, on objects of several kinds: the explanation decides as authcheck does.</summary>
    [Theory]
    [InlineData("owner")]
    [InlineData("member")]
    [InlineData("auditor")]
    [InlineData("organization-admin")]
    [InlineData("organization-workspace-creation-ban")]
    [InlineData("other-admin")]
    public async Task An_explanation_decides_as_authcheck_does(string person)
    {
        string[] pairs = ["workspace create", "workspace ssh", "template create", "user read", "organization_member read", "assign_org_role assign", "chat share", "user_secret read", "ai_seat read"];
        string[] objects = ["", $"organization_id={server.Here}", $"organization_id={server.Here}&owner_id=me", "owner_id=me", "any_org=true&owner_id=me", $"organization_id={server.Other}&owner_id={server.IdOf("member")}"];
        foreach (var pair in pairs)
        {
            foreach (var target in objects)
            {
                var parts = pair.Split(' ');
                var fields = target.Split('&', StringSplitOptions.RemoveEmptyEntries).ToDictionary(part => part.Split('=')[0], part => (object)part.Split('=')[1]);
                if (fields.ContainsKey("any_org"))
                    fields["any_org"] = true;
                fields["resource_type"] = parts[0];
                var check = await server.As(person).PostAsync("/authcheck", new { checks = new { it = new { @object = fields, action = parts[1] } } });
                var query = $"?resource_type={parts[0]}&action={parts[1]}&{target}";
                var why = await server.As(person).GetAsync($"/authcheck/explain{query}");
                Assert.True(why.Code == 200 && check["it"]!.GetValue<bool>() == why["allowed"]!.GetValue<bool>(), $"{query}: {check.Text} {why.Text}");
                if (!target.Contains("owner_id=me", StringComparison.Ordinal))
                    continue;

                // The same question about the same person, asked by somebody else.
                var about = await server.As("owner").GetAsync($"/authcheck/explain{query}&user={server.IdOf(person)}");
                Assert.True(JsonNode.DeepEquals(why["roles"], about["roles"]), $"{query}: {why.Text} {about.Text}");
                Assert.Equal(why["allowed"]!.GetValue<bool>(), about["allowed"]!.GetValue<bool>());
                Assert.Equal(person == "owner", about["scope"] is not null);
            }
        }
    }

    [Fact]
    public async Task A_ban_is_named()
    {
        var why = await server.As("organization-workspace-creation-ban").GetAsync($"/authcheck/explain?resource_type=workspace&action=create&organization_id={server.Here}&owner_id=me");
        Assert.Equal((false, "organization"), (why["allowed"]!.GetValue<bool>(), why["decided_by"]!.GetValue<string>()));
        Assert.Equal("organization-workspace-creation-ban", why["roles"]!.AsArray().Single(role => role!["decisive"]!.GetValue<bool>())!["role"]!.GetValue<string>());
        Assert.Equal("coder:all", why["scope"]!["scopes"]![0]!.GetValue<string>());
    }

    [Fact]
    public async Task A_scope_is_named()
    {
        var (_, client) = await server.AddAsync(server.Here);
        await server.Scenario.Server.SqlAsync($"update members.api_keys set scopes = '{{workspace:read}}' where id = '{client.Token!.Split('-')[0]}'");
        var why = await client.GetAsync("/authcheck/explain?resource_type=user&action=read&owner_id=me");
        Assert.Equal((false, "scope", false), (why["allowed"]!.GetValue<bool>(), why["decided_by"]!.GetValue<string>(), why["scope"]!["permits"]!.GetValue<bool>()));
    }

    [Theory]
    [InlineData("", "resource_type action")]
    [InlineData("resource_type=rocket&action=read", "resource_type")]
    [InlineData("resource_type=*&action=read", "resource_type")]
    [InlineData("resource_type=workspace&action=launch", "action")]
    [InlineData("resource_type=workspace&action=*", "action")]
    [InlineData("resource_type=user&action=ssh", "action")]
    [InlineData("resource_type=workspace&action=read&organization_id=default", "organization_id")]
    [InlineData("resource_type=workspace&action=read&owner_id=plain", "owner_id")]
    [InlineData("resource_type=workspace&action=read&resource_id=1", "resource_id")]
    [InlineData("resource_type=file&action=read&resource_id=0198c0de-0000-7000-8000-000000000000", "resource_type")]
    [InlineData("resource_type=workspace&action=read&any_org=maybe", "any_org")]
    [InlineData("resource_type=rocket&action=launch&organization_id=x", "resource_type action organization_id")]
    public async Task A_bad_question_is_refused_by_field(string query, string fields)
    {
        var answer = await server.As("member").GetAsync($"/authcheck/explain?{query}");
        Assert.Equal(400, answer.Code);
        Assert.Equal(fields, string.Join(' ', answer["validations"]!.AsArray().Select(field => field!["field"]!.GetValue<string>())));
    }

    [Fact]
    public async Task A_hidden_user_is_an_absent_one_and_a_readable_one_needs_their_personal_data()
    {
        const string question = "/authcheck/explain?resource_type=user&action=read&user=";
        var hidden = await server.As("member").GetAsync($"{question}{server.IdOf("auditor")}");
        var absent = await server.As("member").GetAsync($"{question}nobody");
        Assert.Equal((404, absent.Text), (hidden.Code, hidden.Text));
        Assert.Contains("must be an existing uuid or username", absent.Text, StringComparison.Ordinal);
        Assert.Equal(403, (await server.As("auditor").GetAsync($"{question}{server.IdOf("member")}")).Code);
        Assert.Equal(200, (await server.As("user-admin").GetAsync($"{question}{server.IdOf("member")}")).Code);
        Assert.Equal(200, (await server.As("member").GetAsync($"{question}PLAIN")).Code);
        Assert.Equal(401, (await server.Scenario.Anonymous().GetAsync($"{question}me")).Code);
    }

    [Fact]
    public async Task A_stored_object_replaces_what_was_sent_and_a_hidden_one_is_absent()
    {
        var query = $"/authcheck/explain?resource_type=user&action=update_personal&resource_id={server.IdOf("member")}";
        var mine = await server.As("member").GetAsync($"{query}&owner_id={server.IdOf("auditor")}");
        Assert.Equal((true, "user", server.IdOf("member")), (mine["allowed"]!.GetValue<bool>(), mine["decided_by"]!.GetValue<string>(), mine["object"]!["owner_id"]!.GetValue<Guid>()));
        var hidden = await server.As("other-admin").GetAsync($"/authcheck/explain?resource_type=workspace&action=read&resource_id={Guid.CreateVersion7()}");
        Assert.Equal(404, hidden.Code);
    }

    [Fact]
    public async Task A_suspended_user_is_shown_as_such()
    {
        var (id, _) = await server.AddAsync(server.Here);
        await server.Scenario.Owner.PutAsync($"/users/{id}/status/suspend");
        var why = await server.As("owner").GetAsync($"/authcheck/explain?resource_type=user&action=read&owner_id={id}&user={id}");
        Assert.Equal((true, true), (why["suspended"]!.GetValue<bool>(), why["allowed"]!.GetValue<bool>()));
    }

    private static object Check(string action, object target) => new { @object = target, action };
}
