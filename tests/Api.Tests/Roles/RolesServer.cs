using Monolith.Testing;

namespace Monolith.Api.Tests.Roles;

/// <summary>One server for the tests of this folder, with somebody of every kind in it.</summary>
public sealed class RolesServer : IAsyncLifetime
{
    private static readonly string[] Site = ["auditor", "template-admin", "user-admin"];

    private static readonly string[] Organization =
        ["organization-admin", "organization-auditor", "organization-template-admin", "organization-user-admin", "organization-workspace-creation-ban"];

    private readonly Dictionary<string, (Guid Id, ApiClient Client)> _people = [];
    private int _serial;

    /// <summary>The scenario.</summary>
    public Scenario Scenario { get; private set; } = null!;

    /// <summary>The organization that everybody but <c>other-admin</c> is in.</summary>
    public Guid Here => Scenario.OrganizationId;

    /// <summary>A second organization: <c>other-admin</c> runs it, and nobody else is in it.</summary>
    public Guid Other { get; private set; }

    /// <summary>Somebody by name: <c>owner</c>, <c>member</c>, <c>other-admin</c>, or the role that they hold.</summary>
    public ApiClient As(string person) => _people[person].Client;

    /// <summary>The id of <see cref="As"/>.</summary>
    public Guid IdOf(string person) => _people[person].Id;

    /// <summary>The route of the roles of an organization.</summary>
    public string Roles(Guid? organization = null) => $"/organizations/{organization ?? Here}/members/roles";

    /// <summary>A name that no other test uses.</summary>
    public string Unique(string prefix = "x") => $"{prefix}-{Interlocked.Increment(ref _serial)}";

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Scenario = await Scenario.StartAsync();
        Other = (await Scenario.Owner.PostAsync("/organizations", new { name = "elsewhere" }))["id"]!.GetValue<Guid>();
        _people["owner"] = (Scenario.OwnerId, Scenario.Owner);
        _people["member"] = await Scenario.AddAsync("plain");
        foreach (var role in Site)
            _people[role] = await Scenario.AddAsync(role + "-1", role);
        foreach (var role in Organization)
            _people[role] = await AddAsync(Here, role);
        _people["other-admin"] = await AddAsync(Other, "organization-admin");
        await Scenario.Owner.DeleteAsync($"/organizations/{Here}/members/{IdOf("other-admin")}");
    }

    /// <inheritdoc />
    public async Task DisposeAsync() => await Scenario.DisposeAsync();

    /// <summary>A new person with organization roles.</summary>
    public async Task<(Guid Id, ApiClient Client)> AddAsync(Guid organization, params string[] roles)
    {
        var person = await Scenario.AddAsync(Unique("person"));
        if (organization != Here)
            Assert.Equal(200, (await Scenario.Owner.PostAsync($"/organizations/{organization}/members/{person.Id}")).Code);
        await GiveAsync(organization, person.Id, roles);
        return person;
    }

    /// <summary>The owner sets somebody's organization roles.</summary>
    public async Task GiveAsync(Guid organization, Guid user, params string[] roles) =>
        Assert.Equal(200, (await Scenario.Owner.PutAsync($"/organizations/{organization}/members/{user}/roles", new { roles })).Code);

    /// <summary>The owner makes a custom role; permissions are written <c>type:action</c>.</summary>
    public async Task<string> MakeRoleAsync(params string[] permissions)
    {
        var name = Unique("role");
        Assert.Equal(200, (await Scenario.Owner.PostAsync(Roles(), new { name, display_name = name.ToUpperInvariant(), organization_permissions = Permissions(permissions) })).Code);
        return name;
    }

    /// <summary>Permissions as they stand in a body.</summary>
    public static object[] Permissions(params string[] permissions) =>
        [.. permissions.Select(text => new { negate = text[0] == '-', resource_type = text.TrimStart('-').Split(':')[0], action = text.Split(':')[1] })];
}

[CollectionDefinition(Name)]
public sealed class RolesGroup : ICollectionFixture<RolesServer>
{
    public const string Name = "roles";
}
