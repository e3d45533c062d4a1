using System.Text.Json.Nodes;
using Monolith.Api.Hosting;
using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;

namespace Monolith.Api.Verbs.Demo;

/// <summary>Builds the demo organization step by step, and says so.</summary>
internal sealed class DemoBuilder(DemoApi api, IServiceProvider services, DemoClock clock, TextWriter output)
{
    private const string Owner = "maya-lindqvist";
    private const string OwnerEmail = $"{Owner}@example.com";
    private const int PeopleWithPassword = 8;

    private readonly DateTimeOffset _now = clock.GetUtcNow();

    public async Task<int> RunAsync(string password, CancellationToken cancellationToken)
    {
        if (await api.ExistsAsync("/users/first", cancellationToken))
            throw new DemoException("This deployment has users already; the demo fills an empty one. Name another with Postgres__DataDirectory or ConnectionStrings__Monolith.");

        var organization = await SetUpAsync(password, cancellationToken);
        var research = await OrganizationsAsync(organization, cancellationToken);
        await CustomRolesAsync(organization, cancellationToken);
        var people = DemoUsers.All();
        await LicenseAsync(people.Count(person => person.HoldsSeat), cancellationToken);
        var users = await PeopleAsync(people, organization, research, password, cancellationToken);
        await UsageAsync(users, cancellationToken);
        await FinishAsync(users, cancellationToken);
        await ReportAsync(users, password, cancellationToken);
        return 0;
    }

    private async Task<Guid> SetUpAsync(string password, CancellationToken cancellationToken)
    {
        clock.SetBack(DemoUsers.FoundedDaysAgo);
        var first = await api.PostAsync("/users/first", new { username = Owner, email = OwnerEmail, name = "Maya Lindqvist", password }, cancellationToken);
        clock.SetBack(0);
        var login = await api.PostAsync("/users/login", new { email = OwnerEmail, password }, cancellationToken);
        api.SignIn(login["session_token"]!.GetValue<string>());
        Say("The owner is there.");
        return Id(first["organization_id"]);
    }

    private async Task<Guid> OrganizationsAsync(Guid organization, CancellationToken cancellationToken)
    {
        clock.SetBack(DemoUsers.FoundedDaysAgo);
        await api.PatchAsync($"/organizations/{organization}", new { display_name = "Northwind Labs", description = "The demo organization" }, cancellationToken);
        var research = await api.PostAsync("/organizations", new { name = "research", display_name = "Northwind Research", description = "A second, smaller organization" }, cancellationToken);
        Say("Two organizations.");
        return Id(research["id"]);
    }

    private async Task CustomRolesAsync(Guid organization, CancellationToken cancellationToken)
    {
        await RoleAsync("release-manager", "Release manager", ("template", "read"), ("template", "update"), ("workspace", "read"), ("workspace", "start"), ("workspace", "stop"));
        await RoleAsync("workspace-observer", "Workspace observer", ("workspace", "read"), ("template", "read"));
        Say("Two custom roles.");

        Task RoleAsync(string name, string displayName, params (string Type, string Action)[] permissions) => api.PostAsync(
            $"/organizations/{organization}/members/roles",
            new
            {
                name,
                display_name = displayName,
                site_permissions = Array.Empty<object>(),
                organization_permissions = permissions.Select(permission => new { negate = false, resource_type = permission.Type, action = permission.Action }),
                user_permissions = Array.Empty<object>(),
            },
            cancellationToken);
    }

    // The limit leaves the seats at about 94 percent: "near".
    private async Task LicenseAsync(int holders, CancellationToken cancellationToken)
    {
        clock.SetBack(0);
        var key = DevelopmentKey.LoadOrCreate(DevelopmentKey.DirectoryOf(services.GetRequiredService<IConfiguration>()));
        var terms = new LicenseTerms(
            "demo",
            _now.AddDays(-DemoUsers.Days - 1),
            _now.AddDays(300),
            _now.AddDays(330),
            _now.AddMinutes(-1),
            FeatureSet: "premium",
            Features: new Dictionary<string, long> { [FeatureNames.UserLimit] = 250, [FeatureNames.AiGovernanceUserLimit] = holders * 100 / 94, ["managed_agent_limit"] = 1000 },
            Addons: ["ai_governance"]);
        await api.PostAsync("/licenses", new { license = LicenseTool.Issue(terms, key.PrivateKey, DevelopmentKey.Id) }, cancellationToken);
        Say("A development license.");
    }

    private async Task<IReadOnlyList<DemoUser>> PeopleAsync(
        IReadOnlyList<DemoProfile> people, Guid organization, Guid research, string password, CancellationToken cancellationToken)
    {
        var users = new List<DemoUser>();
        foreach (var person in people)
        {
            clock.SetBack(person.JoinedDaysAgo);
            var organization_ids = person.InResearch ? new[] { organization, research } : [organization];
            var user_status = person.Status == UserStatus.Dormant ? UserStatus.Dormant : UserStatus.Active;
            object body = person.IsServiceAccount
                ? new { username = person.Username, service_account = true, user_status, organization_ids }
                : users.Count < PeopleWithPassword
                    ? new { username = person.Username, email = person.Email, name = person.Name, password, user_status, organization_ids }
                    : new { username = person.Username, email = person.Email, name = person.Name, login_type = LoginType.None, user_status, organization_ids };
            var id = Id((await api.PostAsync("/users", body, cancellationToken))["id"]);
            if (person.SiteRoles.Count > 0)
                await api.PutAsync($"/users/{id}/roles", new { roles = person.SiteRoles }, cancellationToken);
            if (person.OrganizationRoles.Count > 0)
                await api.PutAsync($"/organizations/{organization}/members/{id}/roles", new { roles = person.OrganizationRoles }, cancellationToken);
            users.Add(new DemoUser(person, id, organization));
            if (users.Count % 50 == 0 || users.Count == people.Count)
                Say($"{users.Count} of {people.Count} people.");
        }

        clock.SetBack(0);
        return users;
    }

    private async Task UsageAsync(IReadOnlyList<DemoUser> users, CancellationToken cancellationToken)
    {
        var usage = new DemoUsage(_now, users.Count);
        Say($"{await api.StreamAsync("/ai-usage/interceptions", usage.Interceptions(users), cancellationToken)} interceptions.");
        Say($"{await api.StreamAsync("/ai-usage/workspace-builds", usage.Builds(users), cancellationToken)} workspace builds.");
    }

    private async Task FinishAsync(IReadOnlyList<DemoUser> users, CancellationToken cancellationToken)
    {
        clock.SetBack(DemoUsers.SuspendedDaysAgo);
        foreach (var user in users.Where(user => user.Profile.Status == UserStatus.Suspended))
            await api.PutAsync($"/users/{user.Id}/status/suspend", null, cancellationToken);
        clock.SetBack(0);
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ILastSeenBackfill>().BackfillAsync(new DemoUsage(_now, users.Count).LastSeen(users), cancellationToken);
        var from = DateOnly.FromDateTime(_now.UtcDateTime).AddDays(1 - DemoUsers.Days);
        Say($"{await scope.ServiceProvider.GetRequiredService<ISeatHistory>().BackfillAsync(from, cancellationToken)} days of history.");
    }

    private async Task ReportAsync(IReadOnlyList<DemoUser> users, string password, CancellationToken cancellationToken)
    {
        JsonNode summary = await api.GetAsync("/ai-seats/summary", cancellationToken);
        output.WriteLine(
            $"""

            AI seats: {summary["actual"]} of {summary["limit"]} used, level {summary["level"]}.
            Start the server with `dotnet run --project src/Api` and sign in:

              owner               {OwnerEmail}
              user admin          {users[0].Profile.Email}
              auditor             {users[1].Profile.Email}
              organization admin  {users[3].Profile.Email}
              password of all     {password}

              {ServerBuilder.DefaultUrl}/users                        everybody, with the AI add-on column
              {ServerBuilder.DefaultUrl}/organizations/main/members   the members of the default organization
              {ServerBuilder.DefaultUrl}/docs                         the API
            """);
    }

    private void Say(string text) => output.WriteLine($"  {text}");

    private static Guid Id(JsonNode? node) => node!.GetValue<Guid>();
}
