using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>What people choose for their own pages: stored, and noted with what was before.</summary>
public sealed class UserSettingsTests
{
    private static readonly UserAppearance Dark = new("dark", "single", "light", "dark", "fira-code");
    private readonly Desk _desk = new();
    private readonly IUserSettingsStore _settings = Substitute.For<IUserSettingsStore>();

    public UserSettingsTests()
    {
        _settings.ReadAppearanceAsync(Desk.Ben, default).ReturnsForAnyArgs(Dark);
        _settings.ReadPreferencesAsync(Desk.Ben, default).ReturnsForAnyArgs(UserPreferences.None);
    }

    [Fact]
    public async Task An_appearance_is_stored_and_noted()
    {
        _settings.ChangeAppearanceAsync(Desk.Ben, null!, default).ReturnsForAnyArgs(Dark with { ThemePreference = "light" });
        Assert.Equal("ok", await SayAsync(new UpdateAppearanceRequest("light", null, "", "dark", "geist-mono")));
        Assert.Equal("ReadAppearance(Ben)\nChangeAppearance(Ben, {theme_preference:light,theme_dark:dark,terminal_font:geist-mono})", Desk.Calls(_settings));
        Assert.Equal(
            "Write user Ben ben: {theme_preference:dark,theme_mode:single,theme_light:light,theme_dark:dark,terminal_font:fira-code}"
            + " -> {theme_preference:light,theme_mode:single,theme_light:light,theme_dark:dark,terminal_font:fira-code}, 200",
            _desk.Audited);
    }

    [Theory]
    [InlineData("auto", "")]
    [InlineData("auto-tritan", "")]
    [InlineData("dark", null)]
    public async Task An_older_automatic_theme_clears_the_mode(string preference, string? mode)
    {
        _settings.ChangeAppearanceAsync(Desk.Ben, null!, default).ReturnsForAnyArgs(Dark);
        await SayAsync(new UpdateAppearanceRequest(preference, null, null, null, null));
        await _settings.Received(1).ChangeAppearanceAsync(Desk.Ben, new UpdateAppearanceRequest(preference, mode, null, null, null), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData("", "dark", "400 Validation failed. [theme_light]")]
    [InlineData("light", "", "400 Validation failed. [theme_dark]")]
    [InlineData("light", "dark", "ok")]
    public async Task The_mode_sync_needs_both_themes_sent_or_stored(string light, string dark, string said)
    {
        _settings.ChangeAppearanceAsync(Desk.Ben, null!, default).ReturnsForAnyArgs(Dark with { ThemeMode = "sync", ThemeLight = light, ThemeDark = dark });
        Assert.Equal(said, await SayAsync(new UpdateAppearanceRequest(null, "sync", null, null, null)));
    }

    [Fact]
    public async Task A_preference_is_stored_and_noted()
    {
        _settings.ChangePreferencesAsync(Desk.Ben, null!, default).ReturnsForAnyArgs(UserPreferences.None with { TaskNotificationAlertDismissed = true });
        var after = (await new UpdatePreferencesHandler(_desk.Target, _settings, _desk.Audit)
            .Handle(new UpdatePreferencesCommand("ben", Body<UpdatePreferencesRequest>.Of(new UpdatePreferencesRequest(true, null, null, null, null))), CancellationToken.None)).Value;
        Assert.True(after.TaskNotificationAlertDismissed);
        Assert.Equal("ReadPreferences(Ben)\nChangePreferences(Ben, {task_notification_alert_dismissed:true})", Desk.Calls(_settings));
        Assert.StartsWith("Write user Ben ben: {task_notification_alert_dismissed:false,thinking_display_mode:auto,", _desk.Audited, StringComparison.Ordinal);
    }

    private async Task<string> SayAsync(UpdateAppearanceRequest body) => Desk.Said(await new UpdateAppearanceHandler(_desk.Target, _settings, _desk.Audit)
        .Handle(new UpdateAppearanceCommand("ben", Body<UpdateAppearanceRequest>.Of(body)), CancellationToken.None));
}
