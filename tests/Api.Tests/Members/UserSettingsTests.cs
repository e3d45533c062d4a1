using Monolith.Testing;

namespace Monolith.Api.Tests.Members;

/// <summary>Numbers in names are the conformance cases of the members specification, section 6.5.</summary>
[Collection(UsersGroup.Name)]
public sealed class UserSettingsTests(ServerFixture fixture)
{
    private readonly Scenario _s = fixture.Scenario;

    [Fact]
    public async Task Case_107_a_font_is_empty_at_first_and_one_that_is_known_later()
    {
        var (name, id, member) = await _s.AddPersonAsync("settings");
        Assert.Equal("""{"theme_preference":"","theme_mode":"","theme_light":"","theme_dark":"","terminal_font":""}""", (await member.GetAsync("/users/me/appearance")).Json!.ToJsonString());
        foreach (var font in new[] { "", "comic" })
        {
            var refused = await member.PutAsync("/users/me/appearance", new { theme_preference = "dark", terminal_font = font });
            Assert.Equal((400, "terminal_font"), (refused.Code, refused.Field()));
        }

        Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new { theme_preference = "dark", terminal_font = "fira-code" })).Code);
        Assert.Equal(200, (await member.PutAsync("/users/me/appearance", new { theme_preference = "light", terminal_font = "jetbrains-mono" })).Code);
        Assert.Equal("""{"theme_preference":"light","theme_mode":"","theme_light":"","theme_dark":"","terminal_font":"jetbrains-mono"}""", (await _s.Owner.GetAsync($"/users/{name}/appearance")).Json!.ToJsonString());
        Assert.Equal(2, await _s.AuditedAsync(id, "write", 200));
    }

    [Fact]
    public async Task Preferences_stand_beside_the_appearance()
    {
        var (_, _, member) = await _s.AddPersonAsync("settings");
        Assert.False((await member.GetAsync("/users/me/preferences"))["task_notification_alert_dismissed"]!.GetValue<bool>());
        await member.PutAsync("/users/me/appearance", new { theme_preference = "dark", terminal_font = "fira-code" });
        Assert.Equal(200, (await member.PutAsync("/users/me/preferences", new { task_notification_alert_dismissed = true })).Code);
        Assert.True((await member.GetAsync("/users/me/preferences"))["task_notification_alert_dismissed"]!.GetValue<bool>());
        Assert.Equal("dark", (await member.GetAsync("/users/me/appearance")).Text("theme_preference"));
        Assert.Equal(200, (await member.PutAsync("/users/me/preferences", new { })).Code);
        Assert.True((await member.GetAsync("/users/me/preferences"))["task_notification_alert_dismissed"]!.GetValue<bool>());
    }

    [Fact]
    public async Task Settings_are_personal()
    {
        var (name, _, _) = await _s.AddPersonAsync("settings");
        var (_, _, auditor) = await _s.AddPersonAsync("settings", "auditor");
        Assert.Equal(404, (await auditor.GetAsync($"/users/{name}/appearance")).Code);
        Assert.Equal(404, (await auditor.PutAsync($"/users/{name}/preferences", new { task_notification_alert_dismissed = true })).Code);
    }
}
