using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>What people choose for their own pages: stored, and noted with what was before.</summary>
public sealed class UserSettingsTests
{
    private readonly Desk _desk = new();
    private readonly IUserSettingsStore _settings = Substitute.For<IUserSettingsStore>();

    public UserSettingsTests() => _settings.ReadAsync(Desk.Ben, default).ReturnsForAnyArgs(new UserSettings("dark", "fira-code", true));

    [Fact]
    public async Task An_appearance_is_stored_and_noted()
    {
        var after = (await new UpdateAppearanceHandler(_desk.Target, _settings, _desk.Audit)
            .Handle(new UpdateAppearanceCommand("ben", Body<UpdateAppearanceRequest>.Of(new UpdateAppearanceRequest("light", "geist-mono"))), CancellationToken.None)).Value;
        Assert.Equal(new UserAppearance("light", "geist-mono"), after);
        Assert.Equal("Read(Ben)\nSetAppearance(Ben, light, geist-mono)", Desk.Calls(_settings));
        Assert.Equal(
            "Write user Ben ben: {theme_preference:dark,terminal_font:fira-code} -> {theme_preference:light,terminal_font:geist-mono}, 200", _desk.Audited);
    }

    [Fact]
    public async Task A_preference_is_stored_and_noted()
    {
        var after = (await new UpdatePreferencesHandler(_desk.Target, _settings, _desk.Audit)
            .Handle(new UpdatePreferencesCommand("ben", Body<UpdatePreferencesRequest>.Of(new UpdatePreferencesRequest(false))), CancellationToken.None)).Value;
        Assert.Equal(new UserPreferences(false), after);
        Assert.Equal("Read(Ben)\nSetAlertDismissed(Ben, false)", Desk.Calls(_settings));
        Assert.Equal("Write user Ben ben: {task_notification_alert_dismissed:true} -> {task_notification_alert_dismissed:false}, 200", _desk.Audited);
    }
}
