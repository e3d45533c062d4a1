using Monolith.Testing;

namespace Monolith.Api.Tests.Entitlements;

/// <summary>Licenses as mails, editors and people hand them on; and what a refused one leaves behind.</summary>
public sealed class LicenseTextTests(ScenarioFixture fixture) : IClassFixture<ScenarioFixture>
{
    private Scenario Scenario => fixture.Scenario;

    public static TheoryData<string> Forms => ["mark", "quotes", "single quotes", "wrapped at 76", "wrapped at 20 with blanks", "mark and quotes and wrapped"];

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task It_is_the_same_license_in_any_form(string form)
    {
        var license = Licenses.Issue(Licenses.Seats(5));
        var first = await Licenses.UploadAsync(Scenario.Owner, Dress(license, form));
        Assert.Equal(201, first.Code);
        Assert.Equal(license, await Scenario.Server.SqlAsync($"select jwt from entitlements.licenses where id = {first["id"]}"));
        foreach (var again in new[] { license, Dress(license, form), Dress(license, "wrapped at 76") })
        {
            var second = await Licenses.UploadAsync(Scenario.Owner, again);
            Assert.Equal(400, second.Code);
            Assert.Contains("already exists", second.Text, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task A_file_may_hold_it_in_any_form(string form)
    {
        var path = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(path, Dress(Licenses.Issue(Licenses.Seats(7)), form) + "\n");
            await using var server = await MonolithServer.StartAsync(("Licensing:File", path));
            Assert.Equal(1L, await server.SqlAsync("select count(*) from entitlements.licenses"));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public async Task Refusals_leave_their_kind_and_nothing_of_the_license()
    {
        var good = Licenses.Issue(Licenses.Seats(5));
        var (_, member) = await Scenario.AddAsync("no-uploads");
        await Licenses.UploadAsync(Scenario.Owner, good);
        foreach (var (license, kind) in new[]
        {
            (Licenses.ByAnotherKey(Licenses.Seats(5)), "signature"),
            ("not a license at all", "signature"),
            (Licenses.Issue(Licenses.Seats(5) with { Expires = Licenses.Now.AddDays(-1), LicenseExpires = Licenses.Now.AddDays(-1) }), "term"),
            (Licenses.Issue(Licenses.Seats(5) with { Version = 2 }), "claims"),
            (Licenses.Issue(Licenses.Seats(5) with { DeploymentIds = [Guid.CreateVersion7()] }), "deployment"),
            (good, "duplicate"),
        })
        {
            Assert.Equal(400, (await Licenses.UploadAsync(Scenario.Owner, license)).Code);
            Assert.Equal(
                $"create license refused: {kind} 400 {Scenario.OwnerId}",
                await Scenario.Server.SqlAsync("select concat_ws(' ', action, resource_type, target, status, actor_id) from platform.audit_logs where resource_type = 'license' order by id desc limit 1"));
            var payload = license.Split('.').ElementAtOrDefault(1) ?? license;
            Assert.Equal(0L, await Scenario.Server.SqlAsync($"select count(*) from platform.audit_logs entry where entry::text like '%{payload}%'"));
        }

        Assert.Equal(404, (await Scenario.Owner.DeleteAsync("/licenses/2147483647")).Code);
        Assert.Equal(1L, await Scenario.Server.SqlAsync("select count(*) from platform.audit_logs where resource_type = 'license' and action = 'delete' and status = 404"));
        Assert.Equal(403, (await Licenses.UploadAsync(member, good)).Code);
    }

    private static string Dress(string license, string form) => form switch
    {
        "mark" => $"\uFEFF{license}",
        "quotes" => $"\"{license}\"",
        "single quotes" => $" '{license}' ",
        "wrapped at 76" => string.Join("\r\n", license.Chunk(76).Select(line => new string(line))),
        "wrapped at 20 with blanks" => string.Join(" \n\t", license.Chunk(20).Select(line => new string(line))),
        _ => $"\uFEFF\"{string.Join('\n', license.Chunk(64).Select(line => new string(line)))}\"\n",
    };
}
