using Microsoft.Playwright;
using Monolith.Testing;

namespace Monolith.Dashboard.Tests.Browser;

/// <summary>One server and one browser for a collection of tests. No server is started where no Chromium can be had.</summary>
public class Site : IAsyncLifetime
{
    private IPlaywright? _playwright;
    private IBrowser? _browser;
    private int _serial;

    /// <summary>The server with its owner.</summary>
    public Scenario Scenario { get; private set; } = null!;

    /// <summary>Settings of the server beside those of every test.</summary>
    protected virtual (string Key, string Value)[] Settings => [];

    /// <inheritdoc />
    public async Task InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(20_000);
        _playwright = await Playwright.CreateAsync();
        _browser = await Chromium.LaunchAsync(_playwright);
        if (_browser is null)
            return;
        Scenario = await Scenario.StartAsync(Settings);
    }

    /// <inheritdoc />
    public async Task DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        if (Scenario is not null)
            await Scenario.DisposeAsync();
    }

    /// <summary>A name that nobody has.</summary>
    public string Unique(string prefix = "person") => $"{prefix}{Interlocked.Increment(ref _serial)}";

    /// <summary>A new user of the default organization; answers the username.</summary>
    public async Task<string> PersonAsync(string prefix = "person")
    {
        var name = Unique(prefix);
        await Scenario.CreateUserAsync(name);
        return name;
    }

    /// <summary>New accounts of the default organization, or of none; they cost no password hash.</summary>
    public async Task ServiceAccountsAsync(IEnumerable<string> names, bool areMembers = true)
    {
        foreach (var name in names)
        {
            await Scenario.Owner.PostAsync("/users", new { username = name, service_account = true, user_status = "active", organization_ids = new[] { Scenario.OrganizationId } });
            if (!areMembers)
                await Scenario.Owner.DeleteAsync($"/organizations/default/members/{name}");
        }
    }

    /// <summary>A browser window of the owner, or of <paramref name="client"/>.</summary>
    public Task<Visit> OpenAsync(string path, ApiClient? client = null, WindowOptions? options = null)
    {
        Chromium.Require();
        return Visit.OpenAsync(_browser!, Scenario.Server.Address, (client ?? Scenario.Owner).Token, path, options ?? new());
    }

    /// <summary>A browser window of nobody.</summary>
    public Task<Visit> OpenAnonymousAsync(string path, WindowOptions? options = null)
    {
        Chromium.Require();
        return Visit.OpenAsync(_browser!, Scenario.Server.Address, null, path, options ?? new());
    }
}

/// <summary>A server that is reached below <see cref="Base"/>.</summary>
public sealed class SiteBelowBase : Site
{
    public const string Base = "/monolith";

    /// <inheritdoc />
    protected override (string Key, string Value)[] Settings => [("Proxy:PathBase", Base)];
}

/// <summary>How a window looks.</summary>
public sealed record WindowOptions(bool Script = true, bool Dark = false, int Width = 1280, int Height = 800);

/// <summary>The tests that share people and seats.</summary>
[CollectionDefinition(Name)]
public sealed class SiteCollection : ICollectionFixture<Site>
{
    public const string Name = "site";
}

/// <summary>The tests that change the license.</summary>
[CollectionDefinition(Name)]
public sealed class LicensedSiteCollection : ICollectionFixture<Site>
{
    public const string Name = "licensed site";
}
