using System.Net;
using System.Net.Http.Headers;
using System.Text.RegularExpressions;
using Monolith.Api.Tests.Entitlements;
using Monolith.Entitlements.Contracts;
using Monolith.Testing;

namespace Monolith.Api.Tests.Hosting;

/// <summary><c>/metrics</c>: at an address of its own, and what alert rules and dashboard ask for is there.</summary>
/// <remarks>Alone: meters of the framework have one name in every server of a process, and one that ends takes them from the others.</remarks>
[Collection(Costs.AloneCollection.Name)]
public sealed partial class MetricsTests
{
    [Fact]
    public async Task Numbers_are_at_their_own_address_and_nowhere_else()
    {
        var port = MonolithServer.FreePort();
        await using var s = await Scenario.StartAsync(("Metrics:Urls", $"http://127.0.0.1:{port}"));
        using var metrics = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        var terms = Licenses.Seats(7) with { Features = new Dictionary<string, long> { [FeatureNames.AiGovernanceUserLimit] = 7, [FeatureNames.UserLimit] = 9 } };
        Assert.Equal(201, (await s.Owner.PostAsync("/licenses", new { license = Licenses.Issue(terms) })).Code);
        Assert.Equal(200, (await s.Owner.GetAsync("/users")).Code);
        await Eventually.HoldsAsync(async () => (await metrics.GetStringAsync("/metrics")).Contains("\nmonolith_ai_seats_limit{", StringComparison.Ordinal), "the numbers are read");

        var text = await metrics.GetStringAsync("/metrics");
        Assert.Equal(7, Value(text, "monolith_ai_seats_limit"));
        Assert.Equal(0, Value(text, "monolith_ai_seats_used"));
        Assert.Equal(1, Value(text, "monolith_users_active"));
        Assert.Equal(1, Value(text, "coderd_license_active_users"));
        Assert.Equal(9, Value(text, "coderd_license_limit_users"));
        Assert.Equal(1, Value(text, "coderd_license_user_limit_enabled"));
        Assert.True(Value(text, "monolith_license_remaining_days") > 1);
        Assert.Equal(0, Value(text, "monolith_outbox_given_up"));
        Assert.True(Value(text, "monolith_audit_seal_lag_seconds") >= 0);
        Assert.Contains("""monolith_pipeline_duration_seconds_count{otel_scope_name="Monolith",outcome="Ok",request="ListUsersQuery"}""", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Password=", text, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.NotFound, (await metrics.GetAsync("/api/v2/users/first")).StatusCode);
        using var open = new HttpClient { BaseAddress = s.Server.Address };
        Assert.Equal(HttpStatusCode.NotFound, (await open.GetAsync("/metrics")).StatusCode);

        // Counters that nothing has moved yet are not told.
        string[] quiet = ["monolith_enrichment_failures_total", "monolith_cache_lookups_total"];
        foreach (var file in (string[])["prometheus/alerts.yml", "grafana/dashboard.json"])
        {
            var asked = Asked().Matches(await File.ReadAllTextAsync(Path.Combine(SettingDocumentTests.Root(), "deploy", file))).Select(match => match.Value).Distinct().ToList();
            Assert.True(asked.Count > 8, file);
            Assert.Empty(asked.Where(name => !text.Contains($"\n{name}{{", StringComparison.Ordinal)).Except(quiet));
        }
    }

    [Fact]
    public async Task A_token_is_asked_where_one_is_set()
    {
        var port = MonolithServer.FreePort();
        await using var server = await MonolithServer.StartAsync(("Metrics:Urls", $"http://127.0.0.1:{port}"), ("Metrics:Token", "S3cret"));
        using var metrics = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{port}") };
        Assert.Equal(HttpStatusCode.Unauthorized, (await metrics.GetAsync("/metrics")).StatusCode);
        metrics.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "S3cre");
        Assert.Equal(HttpStatusCode.Unauthorized, (await metrics.GetAsync("/metrics")).StatusCode);
        metrics.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", "S3cret");
        Assert.Equal(HttpStatusCode.OK, (await metrics.GetAsync("/metrics")).StatusCode);
    }

    [Fact]
    public async Task A_collector_is_sent_traces_metrics_and_logs_without_secrets()
    {
        using var collector = new Collector();
        var server = await MonolithServer.StartAsync(
            ("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address), ("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf"), ("OTEL_BSP_SCHEDULE_DELAY", "100"), ("Logging:LogLevel:Default", "Debug"));
        using (var client = new HttpClient { BaseAddress = server.Address })
        {
            client.DefaultRequestHeaders.Add("Coder-Session-Token", "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb");
            await client.GetAsync("/api/v2/buildinfo?token=aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb");
        }

        await Eventually.HoldsAsync(() => Task.FromResult(collector.Has("/v1/traces", "GetBuildInfoQuery")), "a trace was sent");
        await server.DisposeAsync();
        Assert.True(collector.Has("/v1/metrics", "monolith.pipeline.duration"));
        Assert.True(collector.Has("/v1/logs", "GetBuildInfoQuery"));
        Assert.True(collector.Has("/v1/traces", "monolith.request_id"));
        Assert.False(collector.Has("", "bbbbbbbbbbbbbbbbbbbbbb"));
    }

    private static double Value(string text, string name) =>
        double.Parse(Regex.Match(text, $@"(?m)^{name}\{{[^}}]*\}} (\S+)").Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture);

    [GeneratedRegex(@"\b(monolith|coderd|http_server|db_client|dotnet)_[a-z_]*(?=\{)")]
    private static partial Regex Asked();
}
