using Microsoft.Playwright;
using Monolith.Dashboard.Tests.Browser;
using Monolith.Testing;
using static Microsoft.Playwright.Assertions;

namespace Monolith.Dashboard.Tests;

/// <summary>Passwords: reset by an administrator, changed by their owner.</summary>
[Collection(SiteCollection.Name)]
public sealed class PasswordTests(Site site)
{
    [SkippableFact]
    public async Task U_08_a_reset_offers_a_fresh_password_to_hand_over_and_it_works()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = await site.PersonAsync("reset");
        await visit.Page.GotoAsync($"/users?filter={name}@example.com");
        await visit.ChooseAsync(name, "Reset password…");
        await Expect(visit.Dialog).ToContainTextAsync("Send this password to the user");
        var password = await visit.Dialog.GetByLabel("New password").InputValueAsync();
        Assert.Equal(16, password.Length);
        await visit.ConfirmAsync("Reset password");
        await visit.SaysAsync($"The password of User {name} was reset.");
        using var anonymous = new ApiClient(site.Scenario.Server.Address);
        Assert.Equal(201, (await anonymous.PostAsync("/users/login", new { email = $"{name}@example.com", password })).Code);
    }

    [SkippableFact]
    public async Task U_09_a_weak_password_is_refused_beside_the_field()
    {
        await using var visit = await site.OpenAsync("/organizations");
        var name = await site.PersonAsync("weak");
        await visit.Page.GotoAsync($"/users?filter={name}@example.com");
        await visit.ChooseAsync(name, "Reset password…");
        await visit.Dialog.GetByLabel("New password").FillAsync("short");
        await visit.ConfirmAsync("Reset password");
        await Expect(visit.Dialog.Locator("#field-password-complaint")).ToContainTextAsync("Too easy to guess");
    }

    [SkippableFact]
    public async Task People_change_their_own_password_and_stay_signed_in()
    {
        await using var owners = await site.OpenAsync("/organizations");
        var (_, client) = await site.Scenario.AddAsync(site.Unique("own"));
        await using var visit = await site.OpenAsync("/users/me/password", client);
        await visit.Page.GetByLabel("Current password").FillAsync(Scenario.Password);
        await visit.Page.GetByLabel("New password").FillAsync("Another-Horse-8-Battery");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Change password" }).ClickAsync();
        await visit.SaysAsync("Your password was changed.");
        await visit.Page.GotoAsync("/organizations");
        await Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Organizations" })).ToBeVisibleAsync();
    }
}
