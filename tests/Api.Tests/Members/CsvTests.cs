using System.Net;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Lists as files.</summary>
public sealed class CsvTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private Scenario Scenario => fixture.Scenario;

    [Fact]
    public async Task Files_hold_the_whole_filtered_list_and_the_seat_column_while_seats_are_usable()
    {
        await People.AddAsync(Scenario, 3);
        await People.UseAiAsync(Scenario, People.IsEveryThird);
        await Scenario.Server.SqlAsync("""update members.users set name = '=cmd|'' /C calc''!A0' where username = 'person0'; update members.users set name = 'a,b "c"' where username = 'person1'""");

        var without = await FileAsync("/users", "users.csv");
        Assert.Equal("id,username,name,email,status,login_type,is_service_account,roles,last_seen_at,created_at", without[0]);
        Assert.Equal(5, without.Length);
        Assert.Contains("person0,\"'=cmd|' /C calc'!A0\",person0@example.com,active,password,false,,,", without[2], StringComparison.Ordinal);
        Assert.Contains("person1,\"a,b \"\"c\"\"\",", without[3], StringComparison.Ordinal);
        Assert.EndsWith("Z", without[1].Split(',')[^2], StringComparison.Ordinal);
        Assert.Equal("last_event_description", (await FileAsync("/ai-seats", "ai-seats.csv"))[0].Split(',')[^1]);
        Assert.DoesNotContain("consuming", (await FileAsync("/ai-seats", "ai-seats.csv"))[0], StringComparison.Ordinal);

        await Licenses.GrantAsync(Scenario.Owner, 5);
        var members = await FileAsync("/organizations/default/paginated-members?q=person&limit=1&offset=1&sort=username&dir=desc", "members.csv");
        Assert.Equal("user_id,username,name,email,status,login_type,is_service_account,roles,global_roles,has_ai_seat,last_seen_at,created_at", members[0]);
        Assert.Equal(["person2", "person1", "person0"], members.Skip(1).Select(line => line.Split(',')[1]));
        Assert.EndsWith(",,false", string.Join(',', members[1].Split(',')[..^2]), StringComparison.Ordinal);
        Assert.EndsWith(",,true", string.Join(',', members[3].Split(',')[..^2]), StringComparison.Ordinal);
        var seats = await FileAsync("/ai-seats?q=person", "ai-seats.csv");
        Assert.Contains(",active,true,", Assert.Single(seats.Skip(1)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tab\tinside", "tab\tinside")]
    [InlineData("\ttab", "\"'\ttab\"")]
    [InlineData("=1+1", "\"'=1+1\"")]
    [InlineData("+1", "\"'+1\"")]
    [InlineData("-1", "\"'-1\"")]
    [InlineData("@sum", "\"'@sum\"")]
    [InlineData("\rx", "\"'\rx\"")]
    [InlineData("line\r\nbreak", "\"line\r\nbreak\"")]
    [InlineData("\uFF1D1+1", "'\uFF1D1+1")]
    [InlineData("\uFF0B1", "'\uFF0B1")]
    [InlineData("\uFF0D1", "'\uFF0D1")]
    [InlineData("\uFF20sum", "'\uFF20sum")]
    [InlineData("  =1+1", "'  =1+1")]
    [InlineData("\u00A0@sum", "'\u00A0@sum")]
    [InlineData(" \tx", "' \tx")]
    [InlineData(" plain", " plain")]
    [InlineData("a=b", "a=b")]
    public async Task No_cell_is_a_formula(string name, string cell)
    {
        await Scenario.Server.SqlAsync($"update members.users set name = '{name}' where username = 'owner'");
        var file = await GetAsync("/users?q=owner", "text/csv");
        await Scenario.Server.SqlAsync("update members.users set name = '' where username = 'owner'");
        Assert.Contains($",owner,{cell},owner@example.com,", file.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/users")]
    [InlineData("/organizations/default/paginated-members")]
    [InlineData("/ai-seats")]
    public async Task Every_file_begins_with_one_byte_order_mark(string path)
    {
        using var http = new HttpClient { BaseAddress = Scenario.Server.Address };
        http.DefaultRequestHeaders.Add("Coder-Session-Token", Scenario.Owner.Token);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", "text/csv");
        var bytes = await http.GetByteArrayAsync($"/api/v2{path}");
        Assert.Equal([0xEF, 0xBB, 0xBF], bytes[..3]);
        Assert.Equal(0, bytes.AsSpan(3).IndexOf("\uFEFF"u8) + 1);
    }

    [Theory]
    [InlineData("text/csv", true)]
    [InlineData("TEXT/CSV; charset=utf-8", true)]
    [InlineData("text/*", true)]
    [InlineData("text/csv, */*", true)]
    [InlineData("text/csv;q=0.5, application/json;q=0.4", true)]
    [InlineData("application/json;q=0, */*", true)]
    [InlineData("text/csv;q=0.4, application/json;q=0.5", false)]
    [InlineData("text/csv;q=0.4, */*;q=0.5", false)]
    [InlineData("text/csv, application/json", false)]
    [InlineData("text/csv;q=0", false)]
    [InlineData("*/*", false)]
    [InlineData("text/html, */*;q=0.8", false)]
    [InlineData("image/png", false)]
    [InlineData("nonsense", false)]
    public async Task The_client_is_asked_what_it_prefers(string accept, bool csv)
    {
        var answer = await GetAsync("/users", accept);
        Assert.Equal((200, csv), ((int)answer.Status, answer.Type == "text/csv"));
        Assert.Contains("Accept", answer.Vary);
    }

    [Fact]
    public async Task Errors_are_errors_in_any_format()
    {
        var answer = await GetAsync("/users?q=zzz:1&limit=-1", "text/csv");
        Assert.Equal((400, "application/json"), ((int)answer.Status, answer.Type));
        Assert.Contains("validations", answer.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_document_offers_both_formats()
    {
        using var http = new HttpClient { BaseAddress = Scenario.Server.Address };
        var document = System.Text.Json.Nodes.JsonNode.Parse(await http.GetStringAsync("/openapi/v2.json"))!;
        foreach (var path in new[] { "/api/v2/users", "/api/v2/organizations/{organization}/paginated-members", "/api/v2/ai-seats" })
        {
            var content = document["paths"]![path]!["get"]!["responses"]!["200"]!["content"]!.AsObject();
            Assert.Equal(["application/json", "text/csv"], content.Select(type => type.Key).Order());
            Assert.Equal("string", content["text/csv"]!["schema"]!["type"]!.GetValue<string>());
        }
    }

    private async Task<string[]> FileAsync(string path, string name)
    {
        var file = await GetAsync(path, "text/csv");
        Assert.Equal((HttpStatusCode.OK, "text/csv", name), (file.Status, file.Type, file.FileName));
        Assert.EndsWith("\r\n", file.Text, StringComparison.Ordinal);
        return file.Text.Split("\r\n")[..^1];
    }

    private async Task<(HttpStatusCode Status, string? Type, string? FileName, IEnumerable<string> Vary, string Text)> GetAsync(string path, string accept)
    {
        using var http = new HttpClient { BaseAddress = Scenario.Server.Address };
        http.DefaultRequestHeaders.Add("Coder-Session-Token", Scenario.Owner.Token);
        http.DefaultRequestHeaders.TryAddWithoutValidation("Accept", accept);
        using var response = await http.GetAsync("/api/v2" + path);
        var content = response.Content.Headers;
        return (response.StatusCode, content.ContentType?.MediaType, content.ContentDisposition?.FileName?.Trim('"'), response.Headers.Vary, await response.Content.ReadAsStringAsync());
    }
}
