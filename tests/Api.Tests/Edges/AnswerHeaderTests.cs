using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Monolith.Api.Tests.BadInput;
using Monolith.Members.Contracts;
using Monolith.Testing;
using Npgsql;

namespace Monolith.Api.Tests.Edges;

/// <summary>Headers that every answer has, on every operation of the API's description, and what needs no session.</summary>
[Collection(BadInputGroup.Name)]
public sealed class AnswerHeaderTests(BadInputServer server)
{
    private static readonly string[] Documents = ["/healthz", "/openapi/v2.json", "/docs", "/assets/app.css", "/assets/app.js"];

    private string Owner => server.Scenario.Owner.Token!;

    [Fact]
    public async Task Nothing_of_the_api_and_no_page_is_kept_by_caches()
    {
        List<string> faults = [];
        foreach (var operation in server.Operations)
        {
            foreach (var token in new[] { Owner, null })
            {
                var answer = await server.SendAsync(operation.Method, operation.With("default", "me", "1"), operation.HasBody ? "{}"u8.ToArray() : null, operation.Method == HttpMethod.Get ? token : null);
                if (answer.Headers.CacheControl?.NoStore != true)
                    faults.Add($"{operation}: {answer.Code} {answer.Headers.CacheControl}");
            }
        }

        foreach (var path in new[] { "/", "/users", "/users/export", "/sign-in", "/set-up", "/no-such-page", "/api/v2/no-such-route" })
        {
            var answer = await server.SendAsync(HttpMethod.Get, path, null, Owner);
            if (answer.Headers.CacheControl?.NoStore != true)
                faults.Add($"{path}: {answer.Code} {answer.Headers.CacheControl}");
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
        foreach (var path in Documents)
            Assert.NotEqual(true, (await server.SendAsync(HttpMethod.Get, path, null, Owner)).Headers.CacheControl?.NoStore);
    }

    [Fact]
    public async Task What_is_the_same_for_everybody_asks_for_no_session()
    {
        var sessions = new NoSessions();
        await using var replica = await MonolithServer.StartWithAsync(services => services.Replace(ServiceDescriptor.Singleton<ISessions>(sessions)), server.Scenario.Server.ConnectionString);
        using var http = new HttpClient { BaseAddress = replica.Address };
        http.DefaultRequestHeaders.Add("Coder-Session-Token", Owner);
        // A server asks for nobody's session once, before it is ready.
        var before = sessions.Asked;
        foreach (var path in Documents)
            Assert.Equal(200, (int)(await http.GetAsync(path)).StatusCode);
        Assert.Equal(503, (int)(await http.GetAsync("/api/v2/users/me")).StatusCode);
        Assert.Equal(before + 1, sessions.Asked);
    }

    [Theory]
    [InlineData("abc-DEF_1.2", true)]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123", true)]
    [InlineData("01234567890123456789012345678901234567890123456789012345678901234", false)]
    [InlineData("a b", false)]
    [InlineData("a<b", false)]
    [InlineData("", false)]
    public async Task A_request_has_an_id_and_a_sound_one_is_taken_over(string sent, bool isTaken)
    {
        var answer = await server.SendAsync(HttpMethod.Get, "/api/v2/buildinfo", null, null, ("X-Request-Id", sent));
        var id = answer.Headers.GetValues("X-Request-Id").Single();
        Assert.Equal(isTaken, id == sent);
        Assert.Matches("^[A-Za-z0-9._-]{1,64}$", id);
    }

    [Fact]
    public async Task The_audit_row_of_a_write_names_its_request()
    {
        var id = $"request-{Guid.CreateVersion7()}";
        var answer = await server.SendAsync(HttpMethod.Post, "/api/v2/users/login", """{"email":"owner@example.com","password":"Correct-Horse-9-Battery"}"""u8.ToArray(), null, ("X-Request-Id", id));
        Assert.Equal((201, id), (answer.Code, answer.Headers.GetValues("X-Request-Id").Single()));
        Assert.Equal("login", await server.Scenario.Server.SqlAsync($"select action from platform.audit_logs where request_id = '{id}'"));
    }

    /// <summary>The database is away.</summary>
    private sealed class NoSessions : ISessions
    {
        public int Asked { get; private set; }

        public Task<SessionResult> AuthenticateAsync(string token, string? organization, CancellationToken cancellationToken)
        {
            Asked++;
            throw new NpgsqlException("away");
        }

        public SessionResult? Assume(string token, string? organization) => null;
    }
}
