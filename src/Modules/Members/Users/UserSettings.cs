namespace Monolith.Members.Users;

/// <summary>How pages look to a user; empty until somebody chooses. In the mode <c>sync</c> the system says which of the two themes is shown.</summary>
internal sealed record UserAppearance(string ThemePreference, string ThemeMode, string ThemeLight, string ThemeDark, string TerminalFont)
{
    /// <summary>Of somebody who never chose.</summary>
    public static UserAppearance None { get; } = new("", "", "", "", "");
}

/// <summary>What a user wants clients to do.</summary>
internal sealed record UserPreferences(
    bool TaskNotificationAlertDismissed, [property: OneOf(typeof(ThinkingDisplayMode))] string ThinkingDisplayMode, [property: OneOf(typeof(ToolDisplayMode))] string ShellToolDisplayMode, string CodeDiffDisplayMode, [property: OneOf(typeof(SendShortcut))] string AgentChatSendShortcut)
{
    /// <summary>Of somebody who never chose; the columns have the same defaults.</summary>
    public static UserPreferences None { get; } = new(false, "auto", "always_collapsed", "", "enter");
}

/// <summary>Reads and writes the settings of a user.</summary>
internal interface IUserSettingsStore
{
    Task<UserAppearance> ReadAppearanceAsync(Guid userId, CancellationToken cancellationToken);

    Task<UserPreferences> ReadPreferencesAsync(Guid userId, CancellationToken cancellationToken);

    /// <summary>What is null stays; answers what is stored then.</summary>
    Task<UserAppearance> ChangeAppearanceAsync(Guid userId, UpdateAppearanceRequest change, CancellationToken cancellationToken);

    /// <inheritdoc cref="ChangeAppearanceAsync" />
    Task<UserPreferences> ChangePreferencesAsync(Guid userId, UpdatePreferencesRequest change, CancellationToken cancellationToken);
}

internal sealed class UserSettingsStore(Db<MembersModule> db) : IUserSettingsStore
{
    public async Task<UserAppearance> ReadAppearanceAsync(Guid userId, CancellationToken cancellationToken) =>
        await db.SingleOrDefaultAsync<UserAppearance>(SelectAppearance, new { user_id = userId }, cancellationToken) ?? UserAppearance.None;

    public async Task<UserPreferences> ReadPreferencesAsync(Guid userId, CancellationToken cancellationToken) =>
        await db.SingleOrDefaultAsync<UserPreferences>(SelectPreferences, new { user_id = userId }, cancellationToken) ?? UserPreferences.None;

    public async Task<UserAppearance> ChangeAppearanceAsync(Guid userId, UpdateAppearanceRequest change, CancellationToken cancellationToken) =>
        (await db.SingleOrDefaultAsync<UserAppearance>(
            UpdateAppearance,
            new
            {
                user_id = userId,
                theme_preference = change.ThemePreference,
                theme_mode = change.ThemeMode,
                theme_light = change.ThemeLight,
                theme_dark = change.ThemeDark,
                terminal_font = change.TerminalFont,
            },
            cancellationToken))!;

    public async Task<UserPreferences> ChangePreferencesAsync(Guid userId, UpdatePreferencesRequest change, CancellationToken cancellationToken) =>
        (await db.SingleOrDefaultAsync<UserPreferences>(
            UpdatePreferences,
            new
            {
                user_id = userId,
                dismissed = change.TaskNotificationAlertDismissed,
                thinking = change.ThinkingDisplayMode,
                shell = change.ShellToolDisplayMode,
                diff = change.CodeDiffDisplayMode,
                shortcut = change.AgentChatSendShortcut,
            },
            cancellationToken))!;

    private const string AppearanceColumns = "theme_preference, theme_mode, theme_light, theme_dark, terminal_font";

    private const string PreferenceColumns =
        "task_notification_alert_dismissed, thinking_display_mode, shell_tool_display_mode, code_diff_display_mode, agent_chat_send_shortcut";

    private const string SelectAppearance =
        $"""
        select {AppearanceColumns}
        from members.user_settings
        where user_id = @user_id
        """;

    private const string SelectPreferences =
        $"""
        select {PreferenceColumns}
        from members.user_settings
        where user_id = @user_id
        """;

    // The first statement makes the row with its defaults, so that there is one to change.
    private const string Ensure =
        """
        insert into members.user_settings (user_id)
        values (@user_id)
        on conflict do nothing;

        """;

    private const string UpdateAppearance =
        $"""
        {Ensure}
        update members.user_settings
        set theme_preference = coalesce(@theme_preference, theme_preference),
            theme_mode = coalesce(@theme_mode, theme_mode),
            theme_light = coalesce(@theme_light, theme_light),
            theme_dark = coalesce(@theme_dark, theme_dark),
            terminal_font = coalesce(@terminal_font, terminal_font)
        where user_id = @user_id
        returning {AppearanceColumns}
        """;

    private const string UpdatePreferences =
        $"""
        {Ensure}
        update members.user_settings
        set task_notification_alert_dismissed = coalesce(@dismissed, task_notification_alert_dismissed),
            thinking_display_mode = coalesce(@thinking, thinking_display_mode),
            shell_tool_display_mode = coalesce(@shell, shell_tool_display_mode),
            code_diff_display_mode = coalesce(@diff, code_diff_display_mode),
            agent_chat_send_shortcut = coalesce(@shortcut, agent_chat_send_shortcut)
        where user_id = @user_id
        returning {PreferenceColumns}
        """;
}
