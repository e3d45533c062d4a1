using System.Text;

namespace Monolith.Api.Tests.BadInput;

/// <summary>Paths, queries and sessions, on every operation.</summary>
[Collection(BadInputGroup.Name)]
public sealed class RouteScanTests(BadInputServer server)
{
    private static readonly string[] Open =
    [
        "GET /api/v2/users/first", "POST /api/v2/users/first", "POST /api/v2/users/login", "GET /api/v2/entitlements",
        "GET /api/v2/auth/scopes", "GET /api/v2/users/authmethods", "POST /api/v2/users/validate-password",
        "GET /api/v2/buildinfo", "GET /api/v2/appearance", "GET /api/v2/updatecheck", "POST /api/v2/invitations/accept",
    ];

    private static readonly string[] Names =
        ["1", "nobody", "-", "0198c0de-0000-7000-8000-000000000000", "00000000-0000-0000-0000-000000000000", "%F0%9F%98%80", "a%27b", "%20", "99999999999999999999", new('x', 3000)];

    private static readonly string[] Queries =
    [
        "q=%22", "q=a:b:c", "q=:", "q=status:", "q=status:hunter2", "q=role:hunter2%20role:hunter2", "q=last_seen_before:hunter2", "q=%25_%5C", "q=user_id:hunter2", "q=is_service_account:hunter2",
        "q=%F0%9F%98%80", "q=a&q=b", "limit=hunter2", "limit=-1", "limit=99999999999999", "limit=1&limit=2", "offset=-1", "offset=2147483647", "after_id=hunter2",
        "after_id=00000000-0000-0000-0000-000000000000", "from=hunter2&to=hunter2", "from=0001-01-01&to=9999-12-31", "q=" + new string('x', 5000), "&&==&", "%",
    ];

    private string Owner => server.Scenario.Owner.Token!;

    [Fact]
    public async Task Unknown_names_in_paths_are_refused()
    {
        List<string> faults = [];
        foreach (var operation in server.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            foreach (var path in Names.SelectMany(name => Paths(operation, name)).Distinct())
            {
                var answer = await server.SendAsync(operation.Method, path, Body(operation), Owner);
                if (ErrorShape.Fault(answer) is { } fault)
                    faults.Add($"{operation.Method} {path[..Math.Min(path.Length, 100)]}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task No_query_breaks_a_read()
    {
        List<string> faults = [];
        foreach (var operation in server.Operations.Where(operation => operation.Method == HttpMethod.Get))
        {
            foreach (var query in Queries)
            {
                var answer = await server.SendAsync(operation.Method, operation.With("default", "me", "1") + "?" + query, null, Owner);
                if (answer.Code != 200 && ErrorShape.Fault(answer) is { } fault)
                    faults.Add($"{operation}?{query[..Math.Min(query.Length, 60)]}: {fault}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Theory]
    [InlineData("q=%00")]
    [InlineData("q=a%00b")]
    [InlineData("other=%00")]
    [InlineData("q=%FF")]
    [InlineData("q=%ED%A0%80")]
    [InlineData("%C3=1")]
    public async Task A_query_that_is_no_text_is_400(string query)
    {
        foreach (var operation in server.Operations.Where(operation => operation.Method == HttpMethod.Get))
        {
            var answer = await server.SendAsync(operation.Method, operation.With("default", "me", "1") + "?" + query, null, Owner);
            Assert.True(answer.Code == 400 && ErrorShape.Fault(answer) is null, $"{operation}: {answer.Code} {answer.Text}");
        }
    }

    [Fact]
    public async Task A_line_that_the_http_server_refuses_is_no_500()
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/v2/users?q=" + new string('x', 10_000), null, Owner);
        Assert.Equal(414, answer.Code);
        answer = await server.SendAsync(HttpMethod.Get, "/api/v2/users/a%00b", null, Owner);
        Assert.InRange(answer.Code, 400, 404);
    }

    [Fact]
    public async Task Case_38_three_bad_page_parameters_are_three_complaints()
    {
        var answer = await server.Scenario.Owner.GetAsync("/users?limit=-1&offset=x&after_id=x");
        Assert.Equal(400, answer.Code);
        Assert.Equal(["after_id", "limit", "offset"], answer["validations"]!.AsArray().Select(one => one!["field"]!.GetValue<string>()).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Without_a_token_every_route_but_the_open_ones_is_401()
    {
        string[] tokens = ["", "hunter2", "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb", "😀", new('x', 5000)];
        foreach (var operation in server.Operations.Where(operation => !Open.Contains(operation.ToString())))
        {
            foreach (var token in tokens)
            {
                var answer = await server.SendAsync(operation.Method, operation.With("default", "owner", "1"), Body(operation), null, ("Authorization", "Bearer " + Uri.EscapeDataString(token)));
                Assert.True(answer.Code == 401 && ErrorShape.Fault(answer) is null, $"{operation}: {answer.Code} {answer.Text}");
                Assert.Equal("Bearer realm=\"coder\", error=\"invalid_token\"", answer.Headers.WwwAuthenticate.ToString());
            }
        }
    }

    [Fact]
    public async Task Unknown_routes_are_404_and_wrong_methods_405()
    {
        foreach (var path in new[] { "/api/v2/hunter2", "/api/v2", "/api/v3/users", "/hunter2" })
        {
            var answer = await server.SendAsync(HttpMethod.Get, path, null, Owner);
            Assert.True(answer.Code == 404 && ErrorShape.Fault(answer) is null, $"{path}: {answer.Code} {answer.Text}");
        }

        foreach (var path in server.Operations.Select(operation => operation.With("default", "me", "1")).Distinct())
        {
            var answer = await server.SendAsync(HttpMethod.Parse("PROPFIND"), path, null, Owner);
            Assert.True(answer.Code == 405 && ErrorShape.Fault(answer) is null, $"{path}: {answer.Code} {answer.Text}");
        }
    }

    [Fact]
    public async Task Hidden_and_absent_are_the_same_bytes()
    {
        var (id, outsider) = await server.Scenario.AddAsync("outsider");
        var left = await server.Scenario.Owner.DeleteAsync($"/organizations/default/members/{id}");
        Assert.InRange(left.Code, 200, 204);
        var compared = 0;
        foreach (var operation in server.Operations.Where(operation => operation.Path.Contains('{', StringComparison.Ordinal)))
        {
            var hidden = await server.SendAsync(operation.Method, operation.With("default", "owner", "1"), Body(operation), outsider.Token);
            var absent = await server.SendAsync(operation.Method, operation.With("nothing", "nobody", "1"), Body(operation), outsider.Token);
            Assert.True((hidden.Code, hidden.Text) == (absent.Code, absent.Text), $"{operation}: {hidden.Code} {hidden.Text} | {absent.Code} {absent.Text}");
            Assert.Null(ErrorShape.Fault(hidden));
            compared++;
        }

        Assert.True(compared > 5, $"{compared} compared");
    }

    private static IEnumerable<string> Paths(Operation operation, string name)
    {
        yield return operation.With(name, name, name);
        if (operation.Path.Count(c => c == '{') > 1 || !operation.Path.Contains("{organization}", StringComparison.Ordinal))
            yield return operation.With("default", name, name);
    }

    private static byte[]? Body(Operation operation) => operation.HasBody ? Encoding.UTF8.GetBytes("{}") : null;
}
