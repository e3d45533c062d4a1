namespace Monolith.Members.Users;

internal sealed class UpdateAppearanceEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/appearance",
            (string user, Body<UpdateAppearanceRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateAppearanceCommand(user, body), ct).Ok())
        .For<UpdateAppearanceCommand>("update-user-appearance-settings", "Changes the appearance settings of a user; what is left out stays.")
        .Produces<UserAppearance>();
}

/// <summary>What to change; null leaves a value alone.</summary>
/// <param name="ThemePreference">The theme of older clients. auto, auto-protan-deuter and auto-tritan clear the mode when none is sent.</param>
/// <param name="ThemeMode">Empty, sync or single; sync needs both themes, sent now or stored before.</param>
/// <param name="ThemeLight">Empty leaves it alone.</param>
/// <param name="ThemeDark">Empty leaves it alone.</param>
/// <param name="TerminalFont">The font of terminals.</param>
internal sealed record UpdateAppearanceRequest(string? ThemePreference, [property: OneOf(typeof(ThemeMode))] string? ThemeMode, [property: OneOf(typeof(Theme))] string? ThemeLight, [property: OneOf(typeof(Theme))] string? ThemeDark, [property: OneOf(typeof(TerminalFont))] string? TerminalFont);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.UpdatePersonal)]
internal sealed record UpdateAppearanceCommand(string User, Body<UpdateAppearanceRequest> Body) : ICommand<UserAppearance>, IUserRequest;

internal sealed class UpdateAppearanceValidator : AbstractValidator<UpdateAppearanceCommand>
{
    public UpdateAppearanceValidator()
    {
        RuleFor(command => command.Body.Value.ThemePreference).Must(text => text is null || (DisplayText.Length(text) <= 64 && DisplayText.IsPlain(text)))
            .OverridePropertyName("theme_preference").WithMessage("At most 64 characters on one line.");
        RuleFor(command => command.Body.Value.ThemeMode).OneOf(["", .. Users.ThemeMode.All]).OverridePropertyName("theme_mode");
        RuleFor(command => command.Body.Value.ThemeLight).OneOf(["", .. Theme.All]).OverridePropertyName("theme_light");
        RuleFor(command => command.Body.Value.ThemeDark).OneOf(["", .. Theme.All]).OverridePropertyName("theme_dark");
        RuleFor(command => command.Body.Value.TerminalFont).OneOf(Users.TerminalFont.All).OverridePropertyName("terminal_font");
    }
}

internal sealed class UpdateAppearanceHandler(CurrentUser target, IUserSettingsStore settings, AuditTrail audit) : ICommandHandler<UpdateAppearanceCommand, UserAppearance>
{
    private static readonly string[] Automatic = ["auto", "auto-protan-deuter", "auto-tritan"];

    public async Task<Result<UserAppearance>> Handle(UpdateAppearanceCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var body = request.Body.Value;
        var before = await settings.ReadAppearanceAsync(user.Id, cancellationToken);
        var after = await settings.ChangeAppearanceAsync(
            user.Id,
            body with
            {
                ThemeMode = body.ThemeMode ?? (Automatic.Contains(body.ThemePreference) ? "" : null),
                ThemeLight = body.ThemeLight is "" ? null : body.ThemeLight,
                ThemeDark = body.ThemeDark is "" ? null : body.ThemeDark,
            },
            cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, Before: before, After: after));

        // The failure undoes the change.
        return after is { ThemeMode: "sync", ThemeLight: "" } ? Missing("theme_light")
            : after is { ThemeMode: "sync", ThemeDark: "" } ? Missing("theme_dark")
            : after;
    }

    private static Error Missing(string field) => Error.Invalid(field, "The theme mode sync needs both themes.");
}
