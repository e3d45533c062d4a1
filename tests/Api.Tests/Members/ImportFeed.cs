using System.Text.Json.Nodes;
using Monolith.Api.Tests.Entitlements;
using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Sends files of accounts.</summary>
internal static class ImportFeed
{
    public const string Csv = "text/csv";
    public const string Lines = UsageFeed.Lines;

    public static Task<ApiAnswer> SendAsync(Scenario scenario, ApiClient? client, string text, string form = Csv, string path = "/users/import", string? accept = null) =>
        UsageFeed.PostAsync(scenario, client, path, text, form, accept);

    /// <summary>The sums: rows, created, added, unchanged, failed.</summary>
    public static string Sums(JsonNode report) => string.Join(' ', new[] { "rows", "created", "added", "unchanged", "failed" }.Select(name => report[name]!.GetValue<int>()));

    /// <summary>Who failed and why, by the number of the row.</summary>
    public static string Failures(JsonNode report) => string.Join("; ", report["failures"]!.AsArray().Select(row =>
        $"{row!["row"]} {string.Join(", ", row["errors"]!.AsArray().Select(error => $"{error!["field"]}: {error["detail"]}"))}"));
}
