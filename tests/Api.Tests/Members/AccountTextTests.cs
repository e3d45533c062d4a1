using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Contract 7.1: one form of an address, names that show what they hold, and what is taken.</summary>
[Collection(UsersGroup.Name)]
public sealed class AccountTextTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Theory]
    [InlineData("{0}@example.com.", 400)]
    [InlineData("\uFF4F{0}@example.com", 201)]
    [InlineData("\u043E{0}@example.com", 400)]
    [InlineData("{0}\u0007@example.com", 400)]
    [InlineData("{0}@exa\u00ADmple.com", 400)]
    [InlineData("{0}@bu\u0308cher.example", 400)]
    [InlineData("{0}@b\u00FCcher.example", 201)]
    [InlineData("{0}@xn--bcher-kva.example", 201)]
    [InlineData("\uFF20{0}@example.com", 400)]
    public async Task An_address_has_one_form(string format, int code)
    {
        var name = UserSteps.Unique("mail");
        var answer = await CreateAsync(name, string.Format(System.Globalization.CultureInfo.InvariantCulture, format, name));
        Assert.True(answer.Code == code, answer.Text);
        if (code == 201)
            Assert.Matches("^[\\x21-\\x7e]+$", answer.Text("email"));
        else
            Assert.Equal("email", answer.Field());
    }

    [Fact]
    public async Task Spellings_of_one_address_are_one_account()
    {
        var name = UserSteps.Unique("mail");
        Assert.Equal(201, (await CreateAsync(name, $"{name}@b\u00FCcher.example")).Code);
        foreach (var same in new[] { $"{name}@xn--bcher-kva.example", $"{name.ToUpperInvariant()}@B\u00DCCHER.example", $"\uFF4D{name[1..]}@b\u00FCcher\u3002example" })
        {
            var taken = await CreateAsync(UserSteps.Unique("mail"), same);
            Assert.Equal((409, "email"), (taken.Code, taken.Field()));
            Assert.Equal(201, (await _s.Anonymous().PostAsync("/users/login", new { email = same, password = Scenario.Password })).Code);
        }
    }

    [Fact]
    public async Task What_is_taken_is_named_field_by_field()
    {
        var name = UserSteps.Unique("mail");
        await CreateAsync(name, $"{name}@example.com");
        var free = UserSteps.Unique("mail");
        Assert.Equal("username", Fields(await CreateAsync(name.ToUpperInvariant(), $"{free}@example.com")));
        Assert.Equal("email", Fields(await CreateAsync(free, $"{name}@EXAMPLE.com")));
        Assert.Equal("username email", Fields(await CreateAsync(name, $"{name}@example.com")));
    }

    [Theory]
    [InlineData("a\u001b[31mb")]
    [InlineData("a\nb")]
    [InlineData("a\u202Eb")]
    [InlineData("a\u2069b")]
    [InlineData("a\u2028b")]
    public async Task Text_that_hides_something_is_refused_wherever_it_is_stored(string text)
    {
        var (name, _, client) = await _s.AddPersonAsync("text");
        var fresh = UserSteps.Unique("text");
        if (!text.Contains('\n', StringComparison.Ordinal))
        {
            // A description may have several lines.
            Assert.Equal("description", (await _s.Owner.PostAsync("/organizations", new { name = fresh, description = text })).Field());
            Assert.Equal("description", (await _s.Owner.SendAsync(HttpMethod.Patch, "/organizations/default", new { description = text })).Field());
        }

        foreach (var (field, answer) in new[]
        {
            ("name", await client.PutAsync("/users/me/profile", new { username = name, name = text })),
            ("name", await _s.Owner.PostAsync("/users", new { username = fresh, email = $"{fresh}@example.com", name = text, password = Scenario.Password, organization_ids = new[] { _s.OrganizationId } })),
            ("display_name", await _s.Owner.PostAsync("/organizations", new { name = fresh, display_name = text })),
            ("display_name", await _s.Owner.SendAsync(HttpMethod.Patch, "/organizations/default", new { display_name = text })),
            ("token_name", await client.PostAsync("/users/me/keys/tokens", new { token_name = text })),
            ("theme_preference", await client.PutAsync("/users/me/appearance", new { theme_preference = text, terminal_font = "fira-code" })),
        })
            Assert.True((answer.Code, answer.Field()) == (400, field), $"{field}: {answer.Text}");
    }

    [Fact]
    public async Task Lengths_count_code_points()
    {
        var (name, _, client) = await _s.AddPersonAsync("text");
        var smile = string.Concat(Enumerable.Repeat("\U0001F600", 128));
        Assert.Equal(200, (await client.PutAsync("/users/me/profile", new { username = name, name = smile })).Code);
        Assert.Equal(400, (await client.PutAsync("/users/me/profile", new { username = name, name = smile + "x" })).Code);
        Assert.Equal(201, (await client.PostAsync("/users/me/keys/tokens", new { token_name = smile[..128] })).Code);
        Assert.Equal(400, (await client.PostAsync("/users/me/keys/tokens", new { token_name = smile[..130] })).Code);
        Assert.Equal(201, (await _s.Owner.PostAsync("/organizations", new { name = UserSteps.Unique("text"), display_name = smile[..128] })).Code);
    }

    [Fact]
    public async Task Without_the_right_nobody_learns_who_exists()
    {
        var (name, _, member) = await _s.AddPersonAsync("text");
        var answers = new List<string>();
        foreach (var (username, organization) in new[] { (name, _s.OrganizationId), (UserSteps.Unique("text"), _s.OrganizationId), (UserSteps.Unique("text"), Guid.CreateVersion7()), ("", Guid.Empty) })
        {
            var answer = await member.PostAsync("/users", new { username, email = $"{username}@example.com", password = "weak", organization_ids = new[] { organization } });
            answers.Add($"{answer.Code} {answer.Text}");
        }
        Assert.StartsWith("403 ", Assert.Single(answers.Distinct()), StringComparison.Ordinal);
    }

    private Task<ApiAnswer> CreateAsync(string username, string email) => _s.Owner.PostAsync(
        "/users", new { username, email, password = Scenario.Password, user_status = "active", organization_ids = new[] { _s.OrganizationId } });

    private static string Fields(ApiAnswer answer)
    {
        Assert.True(answer.Code == 409, answer.Text);
        return string.Join(' ', answer["validations"]!.AsArray().Select(one => one!["field"]!.GetValue<string>()));
    }
}
