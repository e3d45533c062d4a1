using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;

namespace Monolith.Testing;

/// <summary>A server with its owner signed in, and short ways to more people.</summary>
public sealed class Scenario : IAsyncDisposable
{
    /// <summary>A password that passes the strength rule.</summary>
    public const string Password = "Correct-Horse-9-Battery";

    private readonly List<ApiClient> _clients = [];

    private Scenario(MonolithServer server) => Server = server;

    /// <summary>The server.</summary>
    public MonolithServer Server { get; }

    /// <summary>The owner.</summary>
    public ApiClient Owner { get; private set; } = null!;

    /// <summary>The owner's id.</summary>
    public Guid OwnerId { get; private set; }

    /// <summary>The default organization.</summary>
    public Guid OrganizationId { get; private set; }

    /// <summary>Starts a server and creates the owner <c>owner</c>.</summary>
    public static Task<Scenario> StartAsync(params (string Key, string Value)[] settings) => StartWithAsync(_ => { }, settings);

    /// <summary>As <see cref="StartAsync"/>, with services of the test's own, such as a clock.</summary>
    public static async Task<Scenario> StartWithAsync(Action<IServiceCollection> configure, params (string Key, string Value)[] settings)
    {
        var scenario = new Scenario(await MonolithServer.StartWithAsync(configure, null, settings));
        using var anonymous = new ApiClient(scenario.Server.Address);
        var first = await anonymous.PostAsync("/users/first", new { email = "owner@example.com", username = "owner", name = "The Owner", password = Password });
        scenario.OwnerId = Id(first["user_id"]);
        scenario.OrganizationId = Id(first["organization_id"]);
        scenario.Owner = await scenario.SignInAsync("owner@example.com");
        return scenario;
    }

    /// <summary>The same people on another replica; the database stays this scenario's.</summary>
    public Scenario On(MonolithServer replica) => new(replica) { Owner = Keep(new ApiClient(replica.Address, Owner.Token)), OwnerId = OwnerId, OrganizationId = OrganizationId };

    /// <summary>A client without a session.</summary>
    public ApiClient Anonymous() => Keep(new ApiClient(Server.Address));

    /// <summary>Signs in with <see cref="Password"/>.</summary>
    public async Task<ApiClient> SignInAsync(string email)
    {
        using var anonymous = new ApiClient(Server.Address);
        var login = await anonymous.PostAsync("/users/login", new { email, password = Password });
        return Keep(new ApiClient(Server.Address, login["session_token"]!.GetValue<string>()));
    }

    /// <summary>Creates an active user in the default organization; answers the id.</summary>
    public async Task<Guid> CreateUserAsync(string username)
    {
        var answer = await Owner.PostAsync("/users", new
        {
            username,
            email = $"{username}@example.com",
            name = $"User {username}",
            password = Password,
            user_status = "active",
            organization_ids = new[] { OrganizationId },
        });
        if (answer.Code != 201)
            throw new InvalidOperationException($"{username} could not be created: {answer.Code} {answer.Text}");
        return Id(answer["id"]);
    }

    /// <summary>Creates a user and signs in.</summary>
    public async Task<(Guid Id, ApiClient Client)> AddAsync(string username, params string[] siteRoles)
    {
        var id = await CreateUserAsync(username);
        if (siteRoles.Length > 0)
            await Owner.PutAsync($"/users/{id}/roles", new { roles = siteRoles });
        return (id, await SignInAsync($"{username}@example.com"));
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        foreach (var client in _clients)
            client.Dispose();
        await Server.DisposeAsync();
    }

    private ApiClient Keep(ApiClient client)
    {
        _clients.Add(client);
        return client;
    }

    private static Guid Id(JsonNode? node) => node!.GetValue<Guid>();
}
