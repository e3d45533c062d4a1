using System.Globalization;
using System.Text.Json.Nodes;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>The filter suite, section 6.3 of the members specification: every case on both lists, and on the seat list for those who used AI.</summary>
public sealed class FilterSuiteTests(FilterSuiteTests.Fixture fixture) : IClassFixture<FilterSuiteTests.Fixture>
{
    private static readonly string[] Paths = ["/users", "/organizations/default/paginated-members", "/ai-seats"];

    public static TheoryData<string> Names => [.. Cases.Keys];

    /// <summary>Case name to query and the predicate that says who is expected.</summary>
    private static Dictionary<string, (string Q, Func<JsonNode, bool> Expected)> Cases { get; } = new()
    {
        ["All"] = ("status:suspended,active", _ => true),
        ["Active"] = ("status:active", user => Text(user, "status") == "active"),
        ["ActiveUppercase"] = ("status:ACTIVE", user => Text(user, "status") == "active"),
        ["Suspended"] = ("status:suspended", user => Text(user, "status") == "suspended"),
        ["GithubComUserID"] = ("github_com_user_id:7", user => Text(user, "username").EndsWith("-gh7", StringComparison.Ordinal)),
        ["NameContains"] = ("a", user => Holds(user, "a")),
        ["NameAndSearch"] = ("name:Test search:before1", user => Text(user, "username") == "before1"),
        ["NameNoMatch"] = ("nonexistent", _ => false),
        ["Admins"] = ("role:owner status:suspended,active", user => Roles(user).Contains("owner")),
        ["AdminsUppercase"] = ("role:OWNER status:SUSPENDED,active", user => Roles(user).Contains("owner")),
        ["Members"] = ("role:member status:suspended,active", _ => true),
        ["SearchExpression"] = ("i role:owner status:active", user => Holds(user, "i") && Roles(user).Contains("owner") && Text(user, "status") == "active"),
        ["SearchQueryInsensitive"] = ("i Role:Owner STATUS:Active", user => Holds(user, "i") && Roles(user).Contains("owner") && Text(user, "status") == "active"),
        ["LastSeenBeforeNow"] = ("last_seen_before:\"2023-01-16T00:00:00+12:00\"", user => Time(user, "last_seen_at") <= At("2023-01-15T12:00:00Z")),
        ["LastSeenLastWeek"] = (
            "last_seen_before:\"2023-01-14T23:59:59Z\" last_seen_after:\"2023-01-08T00:00:00Z\"",
            user => Time(user, "last_seen_at") >= At("2023-01-08T00:00:00Z") && Time(user, "last_seen_at") <= At("2023-01-14T23:59:59Z")),
        ["LastSeenBefore is inclusive"] = ("last_seen_before:\"2023-01-10T12:00:00Z\"", user => Time(user, "last_seen_at") <= At("2023-01-10T12:00:00Z")),
        ["LastSeenAfter is inclusive"] = ("last_seen_after:\"2023-01-10T12:00:00Z\"", user => Time(user, "last_seen_at") >= At("2023-01-10T12:00:00Z")),
        ["CreatedAtBefore"] = ("created_before:\"2023-01-01T00:00:00Z\"", user => Text(user, "username").StartsWith("before", StringComparison.Ordinal)),
        ["CreatedAtAfter"] = ("created_after:\"2023-01-01T00:00:00Z\"", user => !Text(user, "username").StartsWith("before", StringComparison.Ordinal)),
        ["CreatedAtRange"] = (
            "created_after:\"2023-01-01T00:00:00Z\" created_before:\"2023-01-31T23:59:59Z\"",
            user => Text(user, "username").StartsWith("during", StringComparison.Ordinal)),
        ["LoginTypeNone"] = ("login_type:none", user => Text(user, "login_type") == "none"),
        ["LoginTypeOIDC"] = ("login_type:oidc", user => Text(user, "login_type") == "oidc"),
        ["LoginTypeMultiple"] = ("login_type:none,github", user => Text(user, "login_type") is "none" or "github"),
        ["DormantUserWithLoginTypeNone"] = ("status:suspended login_type:none", user => Text(user, "status") == "suspended" && Text(user, "login_type") == "none"),
        ["IsServiceAccount"] = ("is_service_account:true", user => user["is_service_account"]!.GetValue<bool>()),
        ["IsServiceAccount false"] = ("service_account:false", user => !user["is_service_account"]!.GetValue<bool>()),
        ["Holders"] = ("has-ai-seat:true", Holder),
        ["Holders, other name"] = ("HAS_AI_SEAT:1 role:owner", user => Holder(user) && Roles(user).Contains("owner")),
        ["No holders"] = ("has-ai-seat:false", user => !Holder(user)),
        ["Role, the member shortcut is for one role only"] = ("role:auditor,member", user => Roles(user).Contains("auditor")),
        ["Role nobody has"] = ("role:nobodys-role", _ => false),
        ["Wildcards are letters"] = ("search:%", _ => false),
        ["Underscores are letters"] = ("name:test_user", _ => false),
        ["Text from several words"] = ("be status:active fore", _ => false),
    };

    [Theory, MemberData(nameof(Names))]
    public async Task Section_6_3(string name)
    {
        var (q, expected) = Cases[name];
        var everybody = (await fixture.Scenario.Owner.GetAsync("/users"))["users"]!.AsArray();
        Assert.Equal(28, everybody.Count);
        var wanted = everybody.Where(user => expected(user!)).Select(user => Text(user!, "username")).ToList();
        Assert.True(wanted.Count < everybody.Count || name is "All" or "Members");
        foreach (var path in Paths)
        {
            var names = path == "/ai-seats" ? wanted.Where(Fixture.UsesAi).ToHashSet() : [.. wanted];
            var (rows, count) = await ListAsync(path, q, "");
            Assert.Equal(names.Order(StringComparer.OrdinalIgnoreCase), rows.Order(StringComparer.OrdinalIgnoreCase));
            Assert.Equal(names.Count, count);

            // The count before the page, and a page that is part of the whole.
            var (page, total) = await ListAsync(path, q, "&limit=2&offset=1");
            Assert.Equal(rows.Skip(1).Take(2), page);
            Assert.Equal(names.Count > 1 ? names.Count : 0, total);
        }
    }

    [Theory]
    [InlineData("status:awake", "status")]
    [InlineData("login_type:none,unknown", "login_type")]
    [InlineData("github_com_user_id:seven", "github_com_user_id")]
    [InlineData("last_seen_before:\"yesterday\"", "last_seen_before")]
    [InlineData("created_after:2023-01-01", "created_after")]
    [InlineData("is_service_account:maybe", "is_service_account")]
    [InlineData("has-ai-seat:perhaps", "has-ai-seat")]
    [InlineData("colour:red", "colour")]
    [InlineData("status:", "q")]
    [InlineData("a:b:c", "q")]
    public async Task A_bad_query_is_named_by_every_list(string q, string field)
    {
        foreach (var path in Paths)
        {
            var answer = await fixture.Scenario.Owner.GetAsync($"{path}?q={Uri.EscapeDataString(q)}");
            Assert.Equal(400, answer.Code);
            Assert.Equal(field, Assert.Single(answer["validations"]!.AsArray())!["field"]!.GetValue<string>());
        }
    }

    private static bool Holder(JsonNode user) => Fixture.UsesAi(Text(user, "username")) && Text(user, "status") == "active";

    private static bool Holds(JsonNode user, string text) =>
        Text(user, "username").Contains(text, StringComparison.OrdinalIgnoreCase) || Text(user, "email").Contains(text, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Roles(JsonNode user) => user["roles"]!.AsArray().Select(role => role!["name"]!.GetValue<string>());

    private static string Text(JsonNode user, string name) => user[name]!.GetValue<string>();

    private static DateTimeOffset Time(JsonNode user, string name) => At(Text(user, name));

    private static DateTimeOffset At(string time) => DateTimeOffset.Parse(time, CultureInfo.InvariantCulture);

    private async Task<(List<string> Names, int Count)> ListAsync(string path, string q, string page)
    {
        var answer = await fixture.Scenario.Owner.GetAsync($"{path}?q={Uri.EscapeDataString(q)}{page}");
        Assert.Equal(200, answer.Code);
        var rows = (answer["users"] ?? answer["members"] ?? answer["seats"])!.AsArray();
        return ([.. rows.Select(row => Text(row!["user"] ?? row!, "username"))], answer["count"]!.GetValue<int>());
    }

    /// <summary>The people of the suite: the owner, fifteen made by number, three service accounts, nine put in directly.</summary>
    public sealed class Fixture : IAsyncLifetime
    {
        public Scenario Scenario { get; private set; } = null!;

        /// <summary>Usernames of even length have used AI, suspended or not.</summary>
        public static bool UsesAi(string username) => username.Length % 2 == 0;

        public async Task InitializeAsync()
        {
            // Some were last seen long ago, and are not to become dormant on the way.
            Scenario = await Scenario.StartAsync(("Users:DormantAfter", "0"));
            for (var i = 0; i < 15; i++)
                await InsertAsync(Numbered(i));
            for (var i = 0; i < 3; i++)
                await InsertAsync(new Person($"robot-{i}", "", "none", "active", [], At("2023-06-01T00:00:00Z"), At("0001-01-01T00:00:00Z"), 0, true, ""));
            foreach (var (group, month, roles) in new[] { ("before", "2022-12", Array.Empty<string>()), ("during", "2023-01", ["owner"]), ("after", "2023-02", ["owner"]) })
            {
                for (var i = 0; i < 3; i++)
                    await InsertAsync(new Person($"{group}{i}", $"{group}{i}@example.com", "none", "active", roles, At($"{month}-{15 + i}T12:00:00Z"), At("2023-03-01T00:00:00Z"), 0, false, $"Test User {i}"));
            }
            await People.UseAiAsync(Scenario, UsesAi);
            await Licenses.GrantAsync(Scenario.Owner, 100);
        }

        public async Task DisposeAsync() => await Scenario.DisposeAsync();

        private static Person Numbered(int i)
        {
            string[] roles = [.. i % 2 == 0 ? ["template-admin", "user-admin"] : Array.Empty<string>(), .. i % 3 == 0 ? ["auditor"] : Array.Empty<string>()];
            var login = i % 7 == 0 ? "github" : i % 6 == 0 ? "oidc" : "password";
            var name = $"user-{i}{(i % 7 == 0 ? $"-gh{i}" : "")}";
            return new Person(
                i % 5 == 0 ? name.ToUpperInvariant().Replace("-GH", "-gh", StringComparison.Ordinal) : name,
                $"{name}@coder.test",
                login,
                i % 4 == 0 ? "suspended" : "active",
                roles,
                At("2023-05-01T00:00:00Z"),
                At("2023-01-18T12:00:00Z").AddDays(-i),
                i % 7 == 0 ? i : 0,
                false,
                "");
        }

        private async Task InsertAsync(Person person)
        {
            var id = Guid.CreateVersion7();
            await Scenario.Server.SqlAsync(string.Create(
                CultureInfo.InvariantCulture,
                $$"""
                insert into members.users (id, username, username_folded, email, email_folded, name, name_folded, status, login_type, site_roles, github_user_id, is_service_account, created_at, updated_at, last_seen_at)
                values ('{{id}}', '{{person.Username}}', lower('{{person.Username}}'), '{{person.Email}}', lower('{{person.Email}}'), '{{person.Name}}', lower('{{person.Name}}'), '{{person.Status}}', '{{person.LoginType}}',
                    '{{{string.Join(',', person.Roles)}}}', {{person.GithubId}}, {{person.IsServiceAccount}}, '{{person.CreatedAt:O}}', now(), '{{person.LastSeenAt:O}}');
                insert into members.organization_members (organization_id, user_id, sort_name, created_at, updated_at)
                values ('{{Scenario.OrganizationId}}', '{{id}}', lower('{{person.Username}}'), now(), now());
                """));
        }

        private sealed record Person(
            string Username, string Email, string LoginType, string Status, string[] Roles, DateTimeOffset CreatedAt, DateTimeOffset LastSeenAt, int GithubId, bool IsServiceAccount, string Name);
    }
}
