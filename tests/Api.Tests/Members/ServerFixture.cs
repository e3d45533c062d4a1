using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>One server with its owner for all tests of a class.</summary>
public sealed class ServerFixture : IAsyncLifetime
{
    public Scenario Scenario { get; private set; } = null!;

    public async Task InitializeAsync() => Scenario = await Scenario.StartAsync();

    public async Task DisposeAsync() => await Scenario.DisposeAsync();
}
