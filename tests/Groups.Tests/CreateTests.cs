using static Monolith.Groups.Tests.GroupWorld;

namespace Monolith.Groups.Tests;

/// <summary>Creating a group: cases 11 to 24 of the specification, section 9.2.</summary>
[Collection(SharedWorld.Name)]
public sealed class CreateTests(GroupWorld world)
{
    private string Groups => $"/organizations/{world.O1}/groups";

    [Fact]
    public async Task Case_11_a_group_begins_empty()
    {
        var name = world.Name();
        var made = await world.Owner.PostAsync(Groups, new { name });
        Assert.Equal((201, "[]", 0L, "", 0), (made.Code, made["members"]!.ToJsonString(), Count(made), Text(made.Json, "display_name"), made["quota_allowance"]!.GetValue<int>()));
        Assert.Equal((name, "user", world.O1), (Text(made.Json, "name"), Text(made.Json, "source"), made["organization_id"]!.GetValue<Guid>()));
        Assert.NotEqual("", Text(made.Json, "organization_name"));
        Assert.NotEqual("", Text(made.Json, "organization_display_name"));
        Assert.Equal(made.Text, (await world.GetAsync(Id(made))).Text);
    }

    [Fact]
    public async Task Case_12_a_name_is_taken_once()
    {
        var name = world.Name();
        await world.GroupAsync(name);
        var second = await world.Owner.PostAsync(Groups, new { name });
        Assert.Equal((409, "name"), (second.Code, Assert.Single(Fields(second))));
    }

    [Fact]
    public async Task Case_13_another_organization_has_its_own_names()
    {
        var name = world.Name();
        await world.GroupAsync(name);
        Assert.Equal(201, (await world.Owner.PostAsync($"/organizations/{world.O2}/groups", new { name })).Code);
    }

    [Fact]
    public async Task Case_14_names_are_told_apart_by_case()
    {
        var name = world.Name("case");
        var (lower, upper) = (await world.GroupAsync(name), await world.GroupAsync(name.ToUpperInvariant()));
        Assert.Equal(lower, Id(await world.Owner.GetAsync($"{Groups}/{name}")));
        Assert.Equal(upper, Id(await world.Owner.GetAsync($"{Groups}/{name.ToUpperInvariant()}")));
    }

    [Theory]
    [InlineData("Everyone")]
    [InlineData("everyone")]
    [InlineData("EVERYONE")]
    [InlineData("new")]
    [InlineData("create")]
    public Task Case_15_reserved_names_are_refused(string name) => RefusedAsync(new { name }, "name");

    [Theory]
    [InlineData("a--b")]
    [InlineData("-a")]
    [InlineData("a-")]
    [InlineData("a b")]
    [InlineData("a.b")]
    [InlineData("a_b")]
    [InlineData("")]
    [InlineData("x256")]
    public Task Case_16_bad_names_are_refused(string name) => RefusedAsync(new { name = name == "x256" ? new string('x', 256) : name }, "name");

    [Theory]
    [InlineData(33)]
    [InlineData(255)]
    public async Task Case_17_long_names_pass(int length) => Assert.Equal(201, (await world.Owner.PostAsync(Groups, new { name = new string('n', length) })).Code);

    [Theory]
    [InlineData("développeurs")]
    [InlineData("团队")]
    [InlineData("🚀")]
    public async Task Case_18_any_language_is_for_display_names(string text)
    {
        await RefusedAsync(new { name = text }, "name");
        var made = await world.Owner.PostAsync(Groups, new { name = world.Name("shown"), display_name = text });
        Assert.Equal((201, text), (made.Code, Text(made.Json, "display_name")));
        Assert.Equal(text, Text((await world.GetAsync(Id(made))).Json, "display_name"));
    }

    [Fact]
    public async Task Case_19_a_name_may_look_like_an_id()
    {
        var name = Guid.CreateVersion7().ToString();
        var id = await world.GroupAsync(name);
        Assert.Equal(id, Id(await world.Owner.GetAsync($"{Groups}/{name}")));
        Assert.Equal(404, (await world.Owner.GetAsync($"/groups/{name}")).Code);
    }

    [Theory]
    [InlineData("x65")]
    [InlineData(" lead")]
    [InlineData("trail ")]
    public Task Case_20_display_names_have_limits(string text) =>
        RefusedAsync(new { name = world.Name(), display_name = text == "x65" ? new string('x', 65) : text }, "display_name");

    [Theory]
    [InlineData("-1")]
    [InlineData("2147483648")]
    [InlineData("1.5")]
    public async Task Case_21_the_allowance_has_limits(string number)
    {
        var answer = await world.Owner.PostAsync(Groups, $$"""{"name":"{{world.Name()}}","quota_allowance":{{number}}}""");
        Assert.Equal((400, "quota_allowance"), (answer.Code, Assert.Single(Fields(answer))));
        Assert.Equal(201, (await world.Owner.PostAsync(Groups, new { name = world.Name(), quota_allowance = int.MaxValue })).Code);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("//elsewhere.example.com/x.png")]
    [InlineData("data:text/html,x")]
    public Task An_avatar_is_an_image_or_a_path(string text) => RefusedAsync(new { name = world.Name(), avatar_url = text }, "avatar_url");

    [Fact]
    public async Task Case_22_without_the_right_nothing_is_made()
    {
        var name = world.Name();
        Assert.Equal(403, (await world.Anna.Client.PostAsync(Groups, new { name })).Code);
        Assert.Equal(403, (await world.Anna.Client.PostAsync(Groups, "no json")).Code);
        Assert.Equal(404, (await world.Carl.Client.PostAsync(Groups, new { name })).Code);
        Assert.Equal(401, (await world.Scenario.Anonymous().PostAsync(Groups, new { name })).Code);
        Assert.Equal(404, (await world.Owner.GetAsync($"{Groups}/{name}")).Code);
    }

    [Fact]
    public async Task Case_23_an_admin_of_one_organization_makes_groups_there()
    {
        var (_, admin) = await world.Scenario.AddAsync("o1-admin");
        Assert.Equal(200, (await world.Owner.PutAsync($"/organizations/{world.O1}/members/o1-admin/roles", new { roles = new[] { "organization-user-admin" } })).Code);
        Assert.Equal(201, (await admin.PostAsync(Groups, new { name = world.Name() })).Code);
        Assert.Equal(404, (await admin.PostAsync($"/organizations/{world.O2}/groups", new { name = world.Name() })).Code);
    }

    [Fact]
    public async Task Case_24_two_at_once_make_one_group()
    {
        for (var round = 0; round < 5; round++)
        {
            var name = world.Name("race");
            var codes = await Task.WhenAll(Enumerable.Range(0, 2).Select(async _ => (await world.Owner.PostAsync(Groups, new { name })).Code));
            Assert.Equal([201, 409], codes.Order());
            Assert.Equal(1, await world.NumberAsync($"select count(*) from groups.groups where name = '{name}'"));
        }
    }

    private async Task RefusedAsync(object body, string field)
    {
        var answer = await world.Owner.PostAsync(Groups, body);
        Assert.Equal(400, answer.Code);
        Assert.Contains(field, Fields(answer));
    }
}
