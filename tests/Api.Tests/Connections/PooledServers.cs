using Monolith.Testing;

namespace Monolith.Api.Tests.Connections;

/// <summary>Two servers on one database behind PgBouncer, and an owner. Nothing of it starts where PgBouncer is not installed.</summary>
public sealed class PooledServers : IAsyncLifetime
{
    private string _direct = "";
    private PgBouncer? _bouncer;

    internal MonolithServer First { get; private set; } = null!;

    internal MonolithServer Second { get; private set; } = null!;

    internal string Token { get; private set; } = "";

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        if (PgBouncer.Program is null)
            return;
        _direct = await TestDatabase.CreateAsync();
        _bouncer = await PgBouncer.StartAsync(_direct);
        First = await StartAsync();
        Second = await StartAsync();
        using var anonymous = new ApiClient(First.Address);
        Assert.Equal(201, (await anonymous.PostAsync("/users/first", new { email = "owner@example.com", username = "owner", password = Scenario.Password })).Code);
        Token = (await anonymous.PostAsync("/users/login", new { email = "owner@example.com", password = Scenario.Password }))["session_token"]!.GetValue<string>();
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_bouncer is null)
            return;
        await Second.DisposeAsync();
        await First.DisposeAsync();
        await _bouncer.DisposeAsync();
        await TestDatabase.DropAsync(_direct);
    }

    private Task<MonolithServer> StartAsync() => MonolithServer.StartOnAsync(
        _direct,
        ("ConnectionStrings:Monolith", _bouncer!.ConnectionString),
        ("ConnectionStrings:MonolithDirect", _direct),
        ("Database:ModuleRoles", "false"));
}
