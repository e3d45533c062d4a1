namespace Monolith.Members.Users;

/// <summary>What people choose for their own pages.</summary>
internal sealed record UserSettings(string ThemePreference, string TerminalFont, bool TaskNotificationAlertDismissed)
{
    public static UserSettings None { get; } = new("", "", false);
}

/// <summary>Reads and writes the settings of a user.</summary>
internal interface IUserSettingsStore
{
    /// <summary>What was chosen; <see cref="UserSettings.None"/> by somebody who never chose.</summary>
    Task<UserSettings> ReadAsync(Guid userId, CancellationToken cancellationToken);

    Task SetAppearanceAsync(Guid userId, string themePreference, string terminalFont, CancellationToken cancellationToken);

    Task SetAlertDismissedAsync(Guid userId, bool dismissed, CancellationToken cancellationToken);
}

internal sealed class UserSettingsStore(Db<MembersModule> db) : IUserSettingsStore
{
    public async Task<UserSettings> ReadAsync(Guid userId, CancellationToken cancellationToken) =>
        await db.SingleOrDefaultAsync<UserSettings>(Select, new { user_id = userId }, cancellationToken) ?? UserSettings.None;

    public Task SetAppearanceAsync(Guid userId, string themePreference, string terminalFont, CancellationToken cancellationToken) =>
        db.ExecuteAsync(UpsertAppearance, new { user_id = userId, theme_preference = themePreference, terminal_font = terminalFont }, cancellationToken);

    public Task SetAlertDismissedAsync(Guid userId, bool dismissed, CancellationToken cancellationToken) =>
        db.ExecuteAsync(UpsertAlert, new { user_id = userId, dismissed }, cancellationToken);

    private const string Select =
        """
        select theme_preference, terminal_font, task_notification_alert_dismissed
        from members.user_settings
        where user_id = @user_id
        """;

    private const string UpsertAppearance =
        """
        insert into members.user_settings (user_id, theme_preference, terminal_font)
        values (@user_id, @theme_preference, @terminal_font)
        on conflict (user_id) do update
        set theme_preference = excluded.theme_preference, terminal_font = excluded.terminal_font
        """;

    private const string UpsertAlert =
        """
        insert into members.user_settings (user_id, task_notification_alert_dismissed)
        values (@user_id, @dismissed)
        on conflict (user_id) do update
        set task_notification_alert_dismissed = excluded.task_notification_alert_dismissed
        """;
}
