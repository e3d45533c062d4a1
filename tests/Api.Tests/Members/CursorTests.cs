using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract 7.1: a walk goes on behind somebody who is gone, and tells nothing about somebody who is hidden.</summary>
public sealed class CursorTests : IAsyncLifetime
{
    private Scenario _s = null!;

    public async Task InitializeAsync() => _s = await Scenario.StartAsync();

    public async Task DisposeAsync() => await _s.DisposeAsync();

    [Theory]
    [InlineData("/users", "users", "id")]
    [InlineData("/organizations/default/paginated-members", "members", "user_id")]
    public async Task A_script_that_deletes_page_by_page_deletes_everybody(string path, string rows, string key)
    {
        await People.AddAsync(_s, 23);
        var (deleted, after) = (0, "");
        while (true)
        {
            var page = (await _s.Owner.GetAsync($"{path}?q=person&limit=5{after}"))[rows]!.AsArray();
            if (page.Count == 0)
                break;
            foreach (var id in page.Select(row => row![key]!.GetValue<Guid>()))
                deleted += (await _s.Owner.DeleteAsync($"/users/{id}")).Code == 200 ? 1 : 0;
            after = $"&after_id={page[^1]![key]}";
        }
        Assert.Equal(23, deleted);
    }

    [Fact]
    public async Task Somebody_hidden_is_as_somebody_unknown()
    {
        await People.AddAsync(_s, 3, "zz");
        var hidden = await _s.CreateUserAsync("aa-hidden");
        var gone = await _s.CreateUserAsync("aa-gone");
        var mate = await _s.CreateUserAsync("aa-mate");
        await _s.Owner.DeleteAsync($"/organizations/default/members/{hidden}");
        await _s.Owner.DeleteAsync($"/users/{gone}");
        var (memberId, member) = await _s.AddAsync("member");
        var unknown = Guid.CreateVersion7();

        foreach (var path in new[] { "/users", "/organizations/default/paginated-members" })
        {
            var expected = await member.GetAsync($"{path}?limit=2&after_id={unknown}");
            Assert.Equal((200, 0), (expected.Code, expected["count"]!.GetValue<int>()));
            foreach (var id in new[] { hidden, gone })
            {
                Assert.Equal(expected.Text, (await member.GetAsync($"{path}?limit=2&after_id={id}")).Text);
                Assert.NotEqual(0, (await _s.Owner.GetAsync($"{path}?limit=2&after_id={id}"))["count"]!.GetValue<int>());
            }
        }

        // On /users a member sees nobody else, on the list of members everybody who is one.
        Assert.Equal(0, (await member.GetAsync($"/users?after_id={mate}"))["count"]!.GetValue<int>());
        Assert.NotEqual(0, (await member.GetAsync($"/organizations/default/paginated-members?after_id={mate}"))["count"]!.GetValue<int>());
        Assert.Equal(200, (await member.GetAsync($"/users?after_id={memberId}")).Code);
    }
}
