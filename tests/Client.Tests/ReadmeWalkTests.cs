using Monolith.Testing;

namespace Monolith.Client.Tests;

/// <summary>The walk of README.md with this package: also the sample of how it is used.</summary>
public sealed class ReadmeWalkTests : IAsyncLifetime
{
    private const string Password = "Correct-Horse-9-Battery";

    private MonolithServer _server = null!;

    public async Task InitializeAsync() => _server = await MonolithServer.StartAsync();

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task The_walk()
    {
        using var anonymous = new MonolithClient(_server.Address);
        await anonymous.CreateInitialUserAsync(new CreateFirstUserRequest { Email = "ada@example.com", Username = "ada", Password = Password });
        var login = await anonymous.LogInUserAsync(new LoginRequest { Email = "ada@example.com", Password = Password });

        using var monolith = new MonolithClient(_server.Address, login.SessionToken);
        var organization = await monolith.GetOrganizationAsync("default");
        var grace = await monolith.CreateUserAsync(new CreateUserRequest
        {
            Email = "grace@example.com",
            Username = "grace",
            Password = Password,
            UserStatus = UserStatus.Active,
            OrganizationIds = [organization.Id],
        });
        var license = await monolith.UploadLicenseAsync(new UploadLicenseBody { License = TestLicense.WithSeats(10) });
        var report = await monolith.ReportInterceptionsAsync(new ReportInterceptionsBody
        {
            Interceptions = [new Interception { Id = Guid.CreateVersion7(), InitiatorId = grace.Id, Provider = "anthropic", Model = "claude-sonnet-4", StartedAt = new DateTimeOffset(2026, 1, 1, 9, 0, 0, TimeSpan.Zero) }],
        });
        Assert.Equal(1, report.Accepted);
        Assert.Equal([("ada", false), ("grace", true)], await SeatsAsync(monolith));

        // A second organization, which is not empty when it should go.
        await monolith.CreateOrganizationAsync(new CreateOrganizationRequest { Name = "research", DisplayName = "Research" });
        Assert.Single(await monolith.AddOrganizationMembersAsync("research", new AddOrganizationMembersRequest { UserIds = [grace.Id] }));
        var member = await monolith.AssignRoleToOrganizationMemberAsync("research", "grace", new UpdateRoles { Roles = ["organization-admin"] });
        Assert.Equal(["organization-admin"], member.Roles.Select(role => role.Name));
        var refused = await Assert.ThrowsAsync<MonolithException>(() => monolith.DeleteOrganizationAsync("research"));
        Assert.Equal("It still has 1 other member.", refused.Detail);

        // Without the license nobody consumes a seat; the same events count again with the next one.
        await monolith.DeleteLicenseAsync(license.Id);
        Assert.Equal([("ada", false), ("grace", false)], await SeatsAsync(monolith));
        await monolith.UploadLicenseAsync(new UploadLicenseBody { License = TestLicense.WithSeats(10) });
        Assert.Equal([("ada", false), ("grace", true)], await SeatsAsync(monolith));
        Assert.Equal(["grace"], await monolith.EnumerateSeatsAsync().Select(seat => seat.User.Username).ToListAsync());
    }

    [Fact]
    public async Task A_list_reads_every_page()
    {
        await using var scenario = await Scenario.StartAsync();
        foreach (var name in new[] { "ann", "ben", "cleo", "dan" })
            await scenario.CreateUserAsync(name);
        using var monolith = new MonolithClient(scenario.Server.Address, scenario.Owner.Token);
        Assert.Equal(["ann", "ben", "cleo", "dan", "owner"], await monolith.EnumerateUsersAsync(new ListQuery { PageSize = 2 }).Select(user => user.Username).ToListAsync());
        Assert.Equal(["owner", "dan", "cleo"], await monolith.EnumerateMembersAsync("default", new ListQuery { PageSize = 2, OrderBy = "username", Descending = true }).Select(member => member.Username).Take(3).ToListAsync());
    }

    [Fact]
    public async Task A_refusal_names_what_is_wrong()
    {
        await using var scenario = await Scenario.StartAsync();
        using var monolith = new MonolithClient(scenario.Server.Address, scenario.Owner.Token);
        var refused = await Assert.ThrowsAsync<MonolithException>(() => monolith.CreateUserAsync(new CreateUserRequest { Username = "not a name", Email = "x", Password = "y" }));
        Assert.Equal(400, refused.StatusCode);
        Assert.Contains("username", refused.Validations.Select(one => one.Field));
        Assert.NotNull(refused.RequestId);
        Assert.Contains("username: ", refused.ToString(), StringComparison.Ordinal);
    }

    private static async Task<List<(string, bool)>> SeatsAsync(MonolithClient monolith) =>
        await monolith.EnumerateMembersAsync("default").Select(member => (member.Username, member.HasAiSeat)).ToListAsync();
}
