using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Audit.Tests;

/// <summary>One server for the tests over HTTP. Each of them looks at rows about people or organizations of its own.</summary>
public sealed class AuditServer : IAsyncLifetime
{
    private static int _serial;

    public Scenario Scenario { get; private set; } = null!;

    public async Task InitializeAsync() => Scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await Scenario.DisposeAsync();

    /// <summary>A name that no other test uses.</summary>
    public static string Unique(string prefix) => $"{prefix}{Interlocked.Increment(ref _serial)}";

    /// <summary>A list in another form than JSON.</summary>
    public async Task<(string Type, string Text)> FileAsync(string path, string accept)
    {
        using var http = new HttpClient { BaseAddress = Scenario.Server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v2{path}");
        request.Headers.Accept.Add(MediaTypeWithQualityHeaderValue.Parse(accept));
        request.Headers.Add("Coder-Session-Token", Scenario.Owner.Token);
        using var response = await http.SendAsync(request);
        return (response.Content.Headers.ContentType!.MediaType!, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>The classes over HTTP share one server.</summary>
[CollectionDefinition(Name)]
public sealed class AuditGroup : ICollectionFixture<AuditServer>
{
    public const string Name = "audit";
}

/// <summary>What these tests say again and again.</summary>
internal static class AuditSteps
{
    public static async Task<List<JsonNode>> LogsAsync(this ApiClient client, string q, string more = "")
    {
        var answer = await client.GetAsync($"/audit?q={Uri.EscapeDataString(q)}{more}");
        Assert.True(answer.Code == 200, $"{answer.Code} {answer.Text}");
        return [.. answer["audit_logs"]!.AsArray().Select(row => row!)];
    }

    public static async Task<long> CountAsync(this ApiClient client, string q) => (await client.GetAsync($"/audit?limit=1&q={Uri.EscapeDataString(q)}"))["count"]!.GetValue<long>();

    public static string Text(this JsonNode row, string name) => row[name]!.GetValue<string>();

    /// <summary>Waits until everything is sealed, and answers what a look at the chain finds.</summary>
    public static async Task<JsonNode> SealedAsync(this Scenario scenario)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await scenario.Server.SqlAsync("select count(*) from platform.unsealed_audit_logs l join platform.audit_logs using (id)") is not 0L)
            await Task.Delay(50, limit.Token);
        return (await scenario.Owner.GetAsync("/audit/verify")).Json!;
    }
}
