namespace Monolith.Members.Users;

internal sealed class UpdatePreferencesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/preferences",
            (string user, Body<UpdatePreferencesRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdatePreferencesCommand(user, body), ct).Ok())
        .For<UpdatePreferencesCommand>("update-user-preference-settings", "Changes the preferences of a user; what is left out stays.")
        .Produces<UserPreferences>();
}

/// <summary>What to change; null leaves a value alone.</summary>
/// <param name="TaskNotificationAlertDismissed">The notice about notifications of tasks was closed.</param>
/// <param name="ThinkingDisplayMode">How thoughts of agents are shown.</param>
/// <param name="ShellToolDisplayMode">How output of tools is shown.</param>
/// <param name="CodeDiffDisplayMode">How changes of code are shown.</param>
/// <param name="AgentChatSendShortcut">Which key sends a message.</param>
internal sealed record UpdatePreferencesRequest(
    bool? TaskNotificationAlertDismissed, [property: OneOf(typeof(ThinkingDisplayMode))] string? ThinkingDisplayMode, [property: OneOf(typeof(ToolDisplayMode))] string? ShellToolDisplayMode, [property: OneOf(typeof(ToolDisplayMode))] string? CodeDiffDisplayMode, [property: OneOf(typeof(SendShortcut))] string? AgentChatSendShortcut);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.UpdatePersonal)]
internal sealed record UpdatePreferencesCommand(string User, Body<UpdatePreferencesRequest> Body) : ICommand<UserPreferences>, IUserRequest;

internal sealed class UpdatePreferencesValidator : AbstractValidator<UpdatePreferencesCommand>
{
    public UpdatePreferencesValidator()
    {
        RuleFor(command => command.Body.Value.ThinkingDisplayMode).OneOf(ThinkingDisplayMode.All).OverridePropertyName("thinking_display_mode");
        RuleFor(command => command.Body.Value.ShellToolDisplayMode).OneOf(ToolDisplayMode.All).OverridePropertyName("shell_tool_display_mode");
        RuleFor(command => command.Body.Value.CodeDiffDisplayMode).OneOf(ToolDisplayMode.All).OverridePropertyName("code_diff_display_mode");
        RuleFor(command => command.Body.Value.AgentChatSendShortcut).OneOf(SendShortcut.All).OverridePropertyName("agent_chat_send_shortcut");
    }
}

internal static class ChoiceRules
{
    /// <summary>Null, or one of <paramref name="choices"/>.</summary>
    public static IRuleBuilderOptions<T, string?> OneOf<T>(this IRuleBuilder<T, string?> rule, params string[] choices) => rule
        .Must(text => text is null || choices.Contains(text))
        .WithMessage($"Must be one of {string.Join(", ", choices.Where(choice => choice.Length > 0))}.");
}

internal sealed class UpdatePreferencesHandler(CurrentUser target, IUserSettingsStore settings, AuditTrail audit) : ICommandHandler<UpdatePreferencesCommand, UserPreferences>
{
    public async Task<Result<UserPreferences>> Handle(UpdatePreferencesCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var before = await settings.ReadPreferencesAsync(user.Id, cancellationToken);
        var after = await settings.ChangePreferencesAsync(user.Id, request.Body.Value, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, Before: before, After: after));
        return after;
    }
}
