using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>One server for the tests of a class.</summary>
public sealed class ScenarioFixture : IAsyncLifetime
{
    public Scenario Scenario { get; private set; } = null!;

    public async Task InitializeAsync() => Scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await Scenario.DisposeAsync();
}
