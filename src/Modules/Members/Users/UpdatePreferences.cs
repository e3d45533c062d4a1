namespace Monolith.Members.Users;

internal sealed class UpdatePreferencesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/preferences",
            (string user, Body<UpdatePreferencesRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdatePreferencesCommand(user, body), ct).Ok())
        .For<UpdatePreferencesCommand>("update-user-preference-settings", "Replaces the preferences of a user.")
        .Produces<UserPreferences>();
}

internal sealed record UserPreferences(bool TaskNotificationAlertDismissed)
{
    public static UserPreferences From(UserSettings settings) => new(settings.TaskNotificationAlertDismissed);
}

internal sealed record UpdatePreferencesRequest(bool? TaskNotificationAlertDismissed);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.UpdatePersonal)]
internal sealed record UpdatePreferencesCommand(string User, Body<UpdatePreferencesRequest> Body) : ICommand<UserPreferences>, IUserRequest;

internal sealed class UpdatePreferencesValidator : AbstractValidator<UpdatePreferencesCommand>
{
    public UpdatePreferencesValidator() =>
        RuleFor(command => command.Body.Value.TaskNotificationAlertDismissed).Must(dismissed => dismissed is not null)
            .OverridePropertyName("task_notification_alert_dismissed").WithMessage("Required.");
}

internal sealed class UpdatePreferencesHandler(CurrentUser target, IUserSettingsStore settings, AuditTrail audit) : ICommandHandler<UpdatePreferencesCommand, UserPreferences>
{
    public async Task<Result<UserPreferences>> Handle(UpdatePreferencesCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var before = UserPreferences.From(await settings.ReadAsync(user.Id, cancellationToken));
        var after = new UserPreferences(request.Body.Value.TaskNotificationAlertDismissed!.Value);
        await settings.SetAlertDismissedAsync(user.Id, after.TaskNotificationAlertDismissed, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, Before: before, After: after));
        return after;
    }
}
