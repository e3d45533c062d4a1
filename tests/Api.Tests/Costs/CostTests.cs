using System.Text.Json;
using Monolith.Testing;

namespace Monolith.Api.Tests.Costs;

/// <summary>What the hottest operations cost, against <c>budgets.json</c>: it is exceeded by nothing that nobody decided, and it is no wish either.</summary>
[Collection(AloneCollection.Name)]
public sealed class CostTests
{
    private const string Switch = "MONOLITH_WRITE_DOCS";
    private const string Remedy = $"When that is meant: {Switch}=1 dotnet test tests/Api.Tests --filter {nameof(CostTests)}, and look at what it changed.";

    // Allocations vary by what the pool, the pools of buffers and the tiers of the compiler do.
    private const double MostOfBudget = 1.15;
    private const double LeastOfBudget = 0.75;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    [Fact]
    public async Task The_hottest_operations_cost_what_their_budgets_say()
    {
        await using var s = await Scenario.StartAsync();
        var operations = await HotOperations.PrepareAsync(s);
        Assert.Equal(10, operations.Count);
        using var meter = new CostMeter(s.Server.Address, s.Owner.Token!);
        var costs = new SortedDictionary<string, Cost>(StringComparer.Ordinal);
        foreach (var (name, send) in operations)
            costs[name] = await meter.MeasureAsync(send);

        var file = Path.Combine(SourceFolder(), "budgets.json");
        if (Environment.GetEnvironmentVariable(Switch) == "1")
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(costs, Indented) + "\n");
        var budgets = JsonSerializer.Deserialize<Dictionary<string, Cost>>(await File.ReadAllTextAsync(file), Indented)!;
        Assert.Equal(budgets.Keys.Order(StringComparer.Ordinal), costs.Keys);
        var faults = costs.SelectMany(one => Faults(one.Key, one.Value, budgets[one.Key])).ToList();
        Assert.True(faults.Count == 0, string.Join('\n', [.. faults, Remedy]));
    }

    private static IEnumerable<string> Faults(string name, Cost cost, Cost budget)
    {
        if (cost.RoundTrips != budget.RoundTrips)
            yield return $"{name}: {cost.RoundTrips} round trips, the budget is {budget.RoundTrips}.";
        if (cost.Statements != budget.Statements)
            yield return $"{name}: {cost.Statements} statements, the budget is {budget.Statements}.";
        if (cost.AllocatedKib > budget.AllocatedKib * MostOfBudget || cost.AllocatedKib < budget.AllocatedKib * LeastOfBudget)
            yield return $"{name}: {cost.AllocatedKib} KiB allocated, client included; the budget is {budget.AllocatedKib}.";
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

/// <summary>Allocations are those of the whole process: nothing else runs meanwhile.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
