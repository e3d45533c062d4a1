using Monolith.Api.Tests.Members;
using Monolith.Testing;

namespace Monolith.Api.Tests.Deployment;

/// <summary>What published clients ask before any page: dashboard and clients specification, section 5.</summary>
public sealed class DeploymentRouteTests(ServerFixture fixture) : IClassFixture<ServerFixture>
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Clients_learn_the_version_and_the_looks_before_they_sign_in()
    {
        var anonymous = _s.Anonymous();
        var info = await anonymous.GetAsync("/buildinfo");
        var version = info.Headers.GetValues("X-Coder-Build-Version").Single();
        Assert.Equal((200, version, ""), (info.Code, info["version"]!.GetValue<string>(), info["external_url"]!.GetValue<string>()));
        Assert.Equal(_s.Server.Address, new Uri(info["dashboard_url"]!.GetValue<string>()));
        var update = await anonymous.GetAsync("/updatecheck");
        Assert.Equal((200, true, version), (update.Code, update["current"]!.GetValue<bool>(), update["version"]!.GetValue<string>()));
        var looks = await anonymous.GetAsync("/appearance");
        Assert.Equal((200, "Monolith", "", "[]"), (looks.Code, looks["application_name"]!.GetValue<string>(), looks["logo_url"]!.GetValue<string>(), looks["announcement_banners"]!.ToJsonString()));
        Assert.False(looks["service_banner"]!["enabled"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Lists_that_are_empty_are_arrays_and_need_a_session()
    {
        var (_, member) = await _s.AddAsync("list-reader");
        foreach (var path in new[] { "/experiments" })
        {
            var answer = await member.GetAsync(path);
            Assert.Equal((200, "[]\n"), (answer.Code, answer.Text));
            Assert.Equal(401, (await _s.Anonymous().GetAsync(path)).Code);
        }
    }

    [Fact]
    public async Task There_is_one_region_and_it_is_this_server()
    {
        var region = Assert.Single((await _s.Owner.GetAsync("/regions"))["regions"]!.AsArray())!;
        Assert.Equal(("primary", true), (region["name"]!.GetValue<string>(), region["healthy"]!.GetValue<bool>()));
        Assert.Equal(_s.Server.Address, new Uri(region["path_app_url"]!.GetValue<string>()));
    }

    [Fact]
    public async Task The_deployment_config_needs_its_permission()
    {
        var config = await _s.Owner.GetAsync("/deployment/config");
        Assert.Equal((200, "", "[]"), (config.Code, config["config"]!["oidc"]!["user_role_field"]!.GetValue<string>(), config["options"]!.ToJsonString()));
        var (_, member) = await _s.AddAsync("config-reader");
        Assert.Equal(403, (await member.GetAsync("/deployment/config")).Code);
        var (_, auditor) = await _s.AddAsync("config-auditor", "auditor");
        Assert.Equal(200, (await auditor.GetAsync("/deployment/config")).Code);
    }
}
