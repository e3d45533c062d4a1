using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Groups.Tests;

/// <summary>The default organization O1 with the owner, anna, ben and dora, who hold no roles; O2 with carl alone and the owner.</summary>
public sealed class GroupWorld : IAsyncLifetime
{
    private int _names;

    public Scenario Scenario { get; private set; } = null!;

    public ApiClient Owner => Scenario.Owner;

    public Guid O1 => Scenario.OrganizationId;

    public Guid O2 { get; private set; }

    public (Guid Id, ApiClient Client) Anna { get; private set; }

    public (Guid Id, ApiClient Client) Ben { get; private set; }

    public (Guid Id, ApiClient Client) Dora { get; private set; }

    public (Guid Id, ApiClient Client) Carl { get; private set; }

    public async Task InitializeAsync()
    {
        Scenario = await Scenario.StartAsync();
        Anna = await Scenario.AddAsync("anna");
        Ben = await Scenario.AddAsync("ben");
        Dora = await Scenario.AddAsync("dora");
        Carl = await Scenario.AddAsync("carl");
        O2 = Id(await Owner.PostAsync("/organizations", new { name = "second" }));
        Assert.Equal(200, (await Owner.PostAsync($"/organizations/{O2}/members/carl")).Code);
        Assert.Equal(204, (await Owner.DeleteAsync($"/organizations/{O1}/members/carl")).Code);
        await SettleAsync();
    }

    // The first request of each session is noted a little later, and moves last_seen_at: not between two answers that a test compares.
    private async Task SettleAsync()
    {
        foreach (var client in new[] { Owner, Anna.Client, Ben.Client, Dora.Client, Carl.Client })
            Assert.Equal(200, (await client.GetAsync("/users/me")).Code);
        while (await NumberAsync("select count(*) from members.api_keys where last_used < now() - interval '1 minute'") > 0)
            await Task.Delay(20);
    }

    public async Task DisposeAsync() => await Scenario.DisposeAsync();

    /// <summary>A name that no other test of the class uses.</summary>
    public string Name(string stem = "dev") => $"{stem}-{++_names}";

    /// <summary>A new group with members; answers its id.</summary>
    public async Task<Guid> GroupAsync(string name, params Guid[] members)
    {
        var id = Id(await Owner.PostAsync($"/organizations/{O1}/groups", new { name }));
        if (members.Length > 0)
            Assert.Equal(200, (await ChangeAsync(id, new { add_users = members })).Code);
        return id;
    }

    /// <summary>PATCH by the owner, or by somebody else.</summary>
    public Task<ApiAnswer> ChangeAsync(Guid group, object body, ApiClient? by = null, params (string Name, string Value)[] headers) =>
        (by ?? Owner).SendAsync(HttpMethod.Patch, $"/groups/{group}", body, headers);

    /// <summary>GET by the owner, or by somebody else.</summary>
    public Task<ApiAnswer> GetAsync(Guid group, ApiClient? by = null) => (by ?? Owner).GetAsync($"/groups/{group}");

    /// <summary>Another member of O1 without a session.</summary>
    public Task<Guid> PersonAsync(string username) => Scenario.CreateUserAsync(username);

    public static Guid Id(ApiAnswer answer) => answer["id"]!.GetValue<Guid>();

    public static Guid Id(JsonNode? node) => node!["id"]!.GetValue<Guid>();

    public static string Text(JsonNode? node, string name) => node![name]!.GetValue<string>();

    public static long Count(ApiAnswer answer) => answer["total_member_count"]!.GetValue<long>();

    /// <summary>The ids of what a group shows as members.</summary>
    public static IReadOnlyList<Guid> MembersOf(JsonNode? group) => [.. group!["members"]!.AsArray().Select(Id)];

    public static IReadOnlyList<Guid> MembersOf(ApiAnswer answer) => MembersOf(answer.Json);

    /// <summary>The ids of an array.</summary>
    public static IReadOnlyList<Guid> Ids(JsonNode? list) => [.. list!.AsArray().Select(Id)];

    /// <summary>The names of an array.</summary>
    public static IReadOnlyList<string> Names(JsonNode? list) => [.. list!.AsArray().Select(one => Text(one, "name"))];

    /// <summary>The fields that an answer complains about.</summary>
    public static IReadOnlyList<string> Fields(ApiAnswer answer) => [.. answer["validations"]?.AsArray().Select(one => Text(one, "field")) ?? []];

    /// <summary>One number of the database.</summary>
    public async Task<long> NumberAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Scenario.Server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), System.Globalization.CultureInfo.InvariantCulture);
    }

    /// <summary>A statement of the database.</summary>
    public async Task RunAsync(string sql)
    {
        await using var source = Npgsql.NpgsqlDataSource.Create(Scenario.Server.ConnectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}

/// <summary>One world for the classes that only add to it.</summary>
[CollectionDefinition(Name)]
public sealed class SharedWorld : ICollectionFixture<GroupWorld>
{
    public const string Name = "groups";
}
