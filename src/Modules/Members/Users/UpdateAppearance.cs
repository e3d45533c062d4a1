namespace Monolith.Members.Users;

internal sealed class UpdateAppearanceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/appearance",
            (string user, Body<UpdateAppearanceRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateAppearanceCommand(user, body), ct).Ok())
        .For<UpdateAppearanceCommand>("update-user-appearance-settings", "Replaces the appearance settings of a user.")
        .Produces<UserAppearance>();
}

/// <summary>Both are empty until somebody chooses.</summary>
internal sealed record UserAppearance(string ThemePreference, string TerminalFont)
{
    public static UserAppearance From(UserSettings settings) => new(settings.ThemePreference, settings.TerminalFont);
}

internal sealed record UpdateAppearanceRequest(string? ThemePreference, string? TerminalFont);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.UpdatePersonal)]
internal sealed record UpdateAppearanceCommand(string User, Body<UpdateAppearanceRequest> Body) : ICommand<UserAppearance>, IUserRequest;

internal sealed class UpdateAppearanceValidator : AbstractValidator<UpdateAppearanceCommand>
{
    private static readonly string[] Fonts = ["fira-code", "geist-mono", "ibm-plex-mono", "jetbrains-mono", "source-code-pro"];

    public UpdateAppearanceValidator()
    {
        RuleFor(command => command.Body.Value.ThemePreference).Must(text => text is not null && DisplayText.Length(text) <= 64 && DisplayText.IsPlain(text))
            .OverridePropertyName("theme_preference").WithMessage("Required, at most 64 characters on one line.");
        RuleFor(command => command.Body.Value.TerminalFont).Must(Fonts.Contains)
            .OverridePropertyName("terminal_font").WithMessage($"Must be one of {string.Join(", ", Fonts)}.");
    }
}

internal sealed class UpdateAppearanceHandler(CurrentUser target, IUserSettingsStore settings, AuditTrail audit) : ICommandHandler<UpdateAppearanceCommand, UserAppearance>
{
    public async Task<Result<UserAppearance>> Handle(UpdateAppearanceCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var before = UserAppearance.From(await settings.ReadAsync(user.Id, cancellationToken));
        var after = new UserAppearance(request.Body.Value.ThemePreference!, request.Body.Value.TerminalFont!);
        await settings.SetAppearanceAsync(user.Id, after.ThemePreference, after.TerminalFont, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, Before: before, After: after));
        return after;
    }
}
