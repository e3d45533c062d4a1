using Monolith.Testing;

namespace Monolith.Audit.Tests.Log;

/// <summary>Who reads which rows: the roles of auditors, for the deployment and for an organization. What is hidden is absent.</summary>
[Collection(AuditGroup.Name)]
public sealed class AuditReaderTests(AuditServer server)
{
    private Scenario S => server.Scenario;

    [Fact]
    public async Task An_auditor_of_the_deployment_reads_everything_and_a_member_nothing()
    {
        var (_, auditor) = await S.AddAsync(AuditServer.Unique("aud"), "auditor");
        var (_, member) = await S.AddAsync(AuditServer.Unique("mem"));
        var (_, admin) = await S.AddAsync(AuditServer.Unique("adm"), "user-admin");
        Assert.Equal(await S.Owner.CountAsync("resource_type:user"), await auditor.CountAsync("resource_type:user"));
        Assert.Equal(403, (await member.GetAsync("/audit")).Code);
        Assert.Equal(403, (await member.GetAsync("/audit?limit=x")).Code);
        Assert.Equal(403, (await admin.GetAsync("/audit")).Code);
        Assert.Equal(401, (await S.Anonymous().GetAsync("/audit")).Code);
        Assert.Equal(200, (await S.Owner.GetAsync("/audit/verify")).Code);
        Assert.Equal(403, (await auditor.GetAsync("/audit/verify")).Code);
    }

    [Fact]
    public async Task An_auditor_of_an_organization_reads_its_rows_alone()
    {
        var (name, other) = (AuditServer.Unique("org"), AuditServer.Unique("org"));
        var here = (await S.Owner.PostAsync("/organizations", new { name }))["id"]!.GetValue<Guid>();
        var there = (await S.Owner.PostAsync("/organizations", new { name = other }))["id"]!.GetValue<Guid>();
        var (id, auditor) = await S.AddAsync(AuditServer.Unique("oau"));
        await S.Owner.PostAsync($"/organizations/{here}/members/{id}");
        await S.Owner.PutAsync($"/organizations/{here}/members/{id}/roles", new { roles = new[] { "organization-auditor" } });

        var rows = await auditor.LogsAsync("");
        Assert.NotEmpty(rows);
        Assert.All(rows, row => Assert.Equal(here, row["organization_id"]!.GetValue<Guid>()));
        Assert.Equal(name, rows[0]["organization"]!.Text("name"));
        Assert.Equal(await S.Owner.CountAsync($"organization:{name}"), await auditor.CountAsync(""));
        Assert.Equal(rows.Count, (await auditor.LogsAsync($"organization:{here}")).Count);

        // The other organization is there and hidden; a third one is not there.
        var hidden = await auditor.GetAsync($"/audit?q=organization:{other}");
        Assert.Equal(400, hidden.Code);
        Assert.Equal(hidden.Text, (await auditor.GetAsync("/audit?q=organization:nowhere")).Text);
        Assert.Equal(hidden.Text, (await auditor.GetAsync($"/audit?q=organization:{there}")).Text);
        Assert.Empty(await auditor.LogsAsync($"resource_id:{there}"));
        var cursor = Assert.Single(await S.Owner.LogsAsync($"resource_id:{there}")).Text("id");
        Assert.Equal((await auditor.GetAsync($"/audit?after_id={Guid.CreateVersion7()}")).Text, (await auditor.GetAsync($"/audit?after_id={cursor}")).Text);
        Assert.Empty((await auditor.LogsAsync("", $"&after_id={cursor}")));
    }

    [Fact]
    public async Task Without_the_feature_nobody_reads_it_and_it_is_written_all_the_same()
    {
        await using var poor = await Scenario.StartAsync(("Entitlements:CommunityFeatures", "custom_roles"));
        var refused = await poor.Owner.GetAsync("/audit");
        Assert.Equal(403, refused.Code);
        Assert.Equal(403, (await poor.Owner.GetAsync("/audit/verify")).Code);
        Assert.Equal(1L, await poor.Server.SqlAsync("select count(*) from platform.audit_logs where action = 'create'"));
    }
}
