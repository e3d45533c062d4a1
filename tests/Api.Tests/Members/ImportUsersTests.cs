using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Accounts from a file: the checks of <c>POST /users</c> (contract 7.1 and 7.5), the rules of streams (7.3).</summary>
public sealed class ImportUsersTests : IAsyncLifetime
{
    private const string File =
        """
        email,username,name,status,organizations,roles,service_account
        ann@example.com,ann,"Ann, A.",active,main;research,auditor,
        Ben.Bo+x@Example.com,,Ben,,,,
        ,robot,,active,research,,true
        """;

    private Scenario _s = null!;

    public async Task InitializeAsync()
    {
        _s = await Scenario.StartAsync();
        await _s.Owner.PostAsync("/organizations", new { name = "research" });
    }

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Fact]
    public async Task A_file_makes_accounts_and_the_same_file_again_changes_nothing()
    {
        var dry = await ImportFeed.SendAsync(_s, _s.Owner, File, path: "/users/import?dry_run=true");
        Assert.Equal((200, "3 3 0 0 0", true), (dry.Code, ImportFeed.Sums(dry.Json!), dry["dry_run"]!.GetValue<bool>()));
        Assert.Equal(1L, await _s.Server.SqlAsync("select users from members.user_count"));

        var real = await ImportFeed.SendAsync(_s, _s.Owner, File);
        Assert.Equal((200, "3 3 0 0 0", ""), (real.Code, ImportFeed.Sums(real.Json!), ImportFeed.Failures(real.Json!)));
        var ann = (await _s.Owner.GetAsync("/users/ann")).Json!;
        Assert.Equal(("Ann, A.", "active", "password", 2, "auditor"), (Text(ann, "name"), Text(ann, "status"), Text(ann, "login_type"), ann["organization_ids"]!.AsArray().Count, Text(ann["roles"]![0]!, "name")));
        var ben = (await _s.Owner.GetAsync("/users/Ben-Bo-x")).Json!;
        Assert.Equal(("Ben.Bo+x@Example.com", "dormant", 1), (Text(ben, "email"), Text(ben, "status"), ben["organization_ids"]!.AsArray().Count));
        Assert.True((await _s.Owner.GetAsync("/users/robot"))["is_service_account"]!.GetValue<bool>());

        // Kept counts, audit rows, and the password that comes later.
        Assert.Equal((4L, 3L), (await _s.Server.SqlAsync("select users from members.user_count"), await _s.Server.SqlAsync("select count(*) from platform.audit_logs where action = 'create' and resource_type = 'user' and actor_id is not null and target <> 'owner'")));
        Assert.Equal(3L, await _s.Server.SqlAsync("select members from members.organization_counts join members.organizations on id = organization_id where name = 'research'"));
        Assert.Equal(401, (await _s.Anonymous().PostAsync("/users/login", new { email = "ann@example.com", password = Scenario.Password })).Code);
        Assert.Equal(204, (await _s.Owner.PutAsync("/users/ann/password", new { password = Scenario.Password })).Code);
        await _s.SignInAsync("ann@example.com");

        var audited = await _s.Server.SqlAsync("select count(*) from platform.audit_logs");
        var again = await ImportFeed.SendAsync(_s, _s.Owner, File.Replace("ann@example.com", "ANN@EXAMPLE.COM", StringComparison.Ordinal));
        Assert.Equal("3 0 0 3 0", ImportFeed.Sums(again.Json!));
        Assert.Equal(audited, await _s.Server.SqlAsync("select count(*) from platform.audit_logs"));
    }

    [Fact]
    public async Task Every_row_is_refused_alone_with_its_reasons()
    {
        await _s.CreateUserAsync("taken");
        await ImportFeed.SendAsync(_s, _s.Owner, File);
        string[] lines =
        [
            """{"email":"new@example.com","username":"TAKEN"}""",
            """{"email":"no address","username":"x"}""",
            """{"email":"a1@example.com","username":"me"}""",
            """{"email":"a2@example.com","organizations":["nowhere"]}""",
            """{"email":"a3@example.com","roles":["no-such-role"]}""",
            """{"email":"a4@example.com","password":"weak"}""",
            """{"email":"a5@example.com","login_type":"oidc"}""",
            """{"email":"a6@example.com","status":"asleep"}""",
            """{"username":"a7","service_account":true,"password":"Correct-Horse-9-Battery"}""",
            """[1]""",
            """{"email":7}""",
            """{"email":"a8@example.com","name":"x\u0000y","organizations":["a\u0000"]}""",
            """{"email":"fine@example.com","extra":{"deep":[1]}}""",
            """{"email":"FINE@example.com"}""",
            """{"email":"other@example.com","username":"fine"}""",
        ];
        foreach (var dry in new[] { "true", "false" })
        {
            var answer = await ImportFeed.SendAsync(_s, _s.Owner, string.Join('\n', lines), ImportFeed.Lines, $"/users/import?dry_run={dry}");
            Assert.Equal("15 1 0 1 13", ImportFeed.Sums(answer.Json!));
            var failures = ImportFeed.Failures(answer.Json!);
            foreach (var expected in new[]
            {
                "1 username: Taken.", "2 email: Must be an e-mail address", "3 username: Must be 1 to 32 letters", "4 organizations: There is no such organization.", "5 roles: ", "6 password: Too easy",
                "7 login_type: No identity provider", "8 user_status: ", "9 : Password cannot be set for service accounts.", "10 : Must be a JSON object", "11 : Must be a JSON object", "12 : Must be a JSON object", "15 username: Taken.",
            })
                Assert.Contains(expected, failures, StringComparison.Ordinal);
            Assert.DoesNotContain("example.com", answer.Text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Progress_comes_in_lines_each_row_and_the_sums()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 1200).Select(n => $"p{n}@example.com").Prepend("email"));
        var answer = await ImportFeed.SendAsync(_s, _s.Owner, rows, accept: ImportFeed.Lines);
        var lines = answer.Text.TrimEnd().Split('\n').Select(line => JsonNode.Parse(line)!).ToList();
        var sums = lines.Where(line => line["done"] is not null).ToList();
        Assert.Equal(["500 500 0 0 0", "1000 1000 0 0 0", "1200 1200 0 0 0", "1200 1200 0 0 0"], sums.Select(ImportFeed.Sums));
        Assert.Equal([false, false, false, true], sums.Select(line => line["done"]!.GetValue<bool>()));
        Assert.Equal(Enumerable.Range(1, 1200), lines.Where(line => line["row"] is not null).Select(line => line["row"]!.GetValue<int>()));
        Assert.Equal(1201L, await _s.Server.SqlAsync("select users from members.user_count"));
    }

    [Fact]
    public async Task A_short_file_is_one_json_body()
    {
        var made = await _s.Owner.PostAsync("/users/import", new { accounts = new object[] { new { email = "one@example.com" }, new { }, new { username = "bot", is_service_account = true, status = "active" } } });
        Assert.Equal("3 2 0 0 1", ImportFeed.Sums(made.Json!));
        foreach (var accounts in new object?[] { null, Array.Empty<object>(), Enumerable.Repeat(new { }, 1001).ToArray() })
            Assert.Equal((400, "accounts"), await RefusedAsync(new { accounts }));

        async Task<(int Code, string Field)> RefusedAsync(object body)
        {
            var answer = await _s.Owner.PostAsync("/users/import", body);
            return (answer.Code, answer["validations"]![0]!["field"]!.GetValue<string>());
        }
    }

    [Theory]
    [InlineData("", 400, "header")]
    [InlineData("email\n\n\n", 400, "The file holds no row.")]
    [InlineData("colour,email\nred,a@example.com", 400, "header")]
    [InlineData("name\nAnn", 400, "header")]
    [InlineData("email,email\na@example.com,b", 400, "header")]
    [InlineData("email\n\"open", 400, "cannot be read")]
    public async Task A_file_that_is_none_is_refused_whole(string text, int code, string said)
    {
        var answer = await ImportFeed.SendAsync(_s, _s.Owner, text);
        Assert.Equal(code, answer.Code);
        Assert.Contains(said, answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Endless_rows_and_endless_blanks_end_the_import()
    {
        foreach (var (text, form) in new[]
        {
            ("email\n" + new string('\n', (1 << 20) + 200_000), ImportFeed.Csv), ("email\n" + new string('x', 3 << 20), ImportFeed.Csv),
            (new string('\n', (1 << 20) + 200_000), ImportFeed.Lines), (new string('{', (1 << 20) + 200_000), ImportFeed.Lines),
        })
            Assert.Equal(400, (await ImportFeed.SendAsync(_s, _s.Owner, text, form)).Code);
    }

    [Fact]
    public async Task Who_may_not_create_users_is_refused_before_the_file_is_read()
    {
        var (_, member) = await _s.AddAsync("member");
        Assert.Equal(403, (await ImportFeed.SendAsync(_s, member, "no file at all")).Code);
        Assert.Equal(401, (await ImportFeed.SendAsync(_s, null, File)).Code);
        Assert.Equal(400, (await ImportFeed.SendAsync(_s, _s.Owner, File, "text/plain")).Code);
        Assert.Equal(415, (await ImportFeed.SendAsync(_s, _s.Owner, File, "multipart/form-data")).Code);
        Assert.Equal(400, (await ImportFeed.SendAsync(_s, _s.Owner, File, path: "/users/import?dry_run=perhaps")).Code);

        // Roles need the right to give them: all or nothing.
        var (_, admin) = await _s.AddAsync("admin", "user-admin");
        var answer = await ImportFeed.SendAsync(_s, admin, "email,roles\nx1@example.com,owner\nx2@example.com,auditor\nx3@example.com,");
        Assert.Equal(1, answer["created"]!.GetValue<int>() - (answer["failed"]!.GetValue<int>() == 1 ? 1 : 0));
        Assert.Contains("1 roles: ", ImportFeed.Failures(answer.Json!), StringComparison.Ordinal);
        Assert.Equal(404, (await _s.Owner.GetAsync("/users/x1")).Code);
    }

    [Fact]
    public async Task Two_imports_of_one_file_at_once_make_every_account_once()
    {
        var rows = string.Join('\n', Enumerable.Range(0, 300).Select(n => $"q{n}@example.com").Prepend("email"));
        var answers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => ImportFeed.SendAsync(_s, _s.Owner, rows)));
        Assert.All(answers, answer => Assert.Equal(200, answer.Code));
        Assert.Equal(300, answers.Sum(answer => answer["created"]!.GetValue<int>()));
        Assert.Equal(301L, await _s.Server.SqlAsync("select users from members.user_count"));
    }

    [Fact]
    public async Task An_organization_takes_people_in_and_makes_accounts_where_the_caller_may()
    {
        await _s.CreateUserAsync("known");
        const string path = "/organizations/research/members/import";
        const string people = "email,username,roles\nknown@example.com,,organization-auditor\nfresh@example.com,,\n,known,\n";
        var (lead, leader) = await _s.AddAsync("lead");
        await _s.Owner.PostAsync($"/organizations/research/members/{lead}");
        Assert.Equal(404, (await ImportFeed.SendAsync(_s, leader, people, path: path)).Code);

        var dry = await ImportFeed.SendAsync(_s, _s.Owner, people, path: $"{path}?dry_run=true");
        var real = await ImportFeed.SendAsync(_s, _s.Owner, people, path: path);
        Assert.Equal(("3 1 1 1 0", "3 1 1 1 0"), (ImportFeed.Sums(dry.Json!), ImportFeed.Sums(real.Json!)));
        Assert.Equal("3 0 0 3 0", ImportFeed.Sums((await ImportFeed.SendAsync(_s, _s.Owner, people, path: path)).Json!));
        var member = (await _s.Owner.GetAsync("/organizations/research/members/known")).Json!;
        Assert.Equal("organization-auditor", Text(member["roles"]![0]!, "name"));
        Assert.Single((await _s.Owner.GetAsync("/users/fresh"))["organization_ids"]!.AsArray());

        // An administrator of the organization adds whom they see, and creates nobody.
        await _s.Owner.PutAsync($"/organizations/research/members/{lead}/roles", new { roles = new[] { "organization-admin" } });
        await _s.CreateUserAsync("outside");
        var refused = await ImportFeed.SendAsync(_s, leader, "email\nnew@example.com\noutside@example.com\n", path: path);
        Assert.Equal((200, "2 0 1 0 1"), (refused.Code, ImportFeed.Sums(refused.Json!)));
        Assert.Equal(404, (await ImportFeed.SendAsync(_s, _s.Owner, people, path: "/organizations/nowhere/members/import")).Code);
    }

    private static string Text(JsonNode node, string name) => node[name]!.GetValue<string>();
}
