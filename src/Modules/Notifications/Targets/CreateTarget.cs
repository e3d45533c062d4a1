using System.ComponentModel.DataAnnotations;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Targets;

internal sealed class CreateTargetEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/notifications/targets",
            (Body<CreateTargetRequest> body, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new CreateTargetCommand(body), ct).Created())
        .For<CreateTargetCommand>("create-notification-target", "Adds a target, and answers the secret of a webhook, this once.")
        .Produces<Target>(201)
        .Fails(409);
}

/// <summary>A new target, switched on unless <c>enabled</c> is false. A webhook has a <c>url</c>, an e-mail target has <c>recipients</c>. It hears every rule unless <c>rules</c> names some.</summary>
internal sealed record CreateTargetRequest(
    [property: Required] string? Name,
    [property: Required, OneOf(typeof(TargetKind))] string? Kind,
    bool? Enabled,
    string? Url,
    IReadOnlyList<string?>? Recipients,
    [property: OneOf(typeof(RuleName))] IReadOnlyList<string?>? Rules = null);

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
internal sealed record CreateTargetCommand(Body<CreateTargetRequest> Body) : ICommand<Target>;

internal sealed class CreateTargetValidator : AbstractValidator<CreateTargetCommand>
{
    private const string Required = "Required.";

    public CreateTargetValidator(TargetGuard guard, NotificationSettings settings)
    {
        RuleFor(command => command.Body.Value.Name).NotNull().WithMessage(Required).TargetName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.Kind).Must(kind => TargetKind.All.Contains(kind)).WithMessage("Must be email or webhook.").OverridePropertyName("kind");
        RuleFor(command => command.Body.Value.Rules).RuleNames().OverridePropertyName("rules");
        When(command => command.Body.Value.Kind == TargetKind.Webhook, () =>
        {
            RuleFor(command => command.Body.Value.Url).NotNull().WithMessage(Required).OverridePropertyName("url");
            RuleFor(command => command.Body.Value.Url).TargetUrl(guard);
        });
        When(command => command.Body.Value.Kind == TargetKind.Email, () =>
        {
            RuleFor(command => command.Body.Value.Recipients).NotNull().WithMessage(Required).Recipients().OverridePropertyName("recipients");
            RuleFor(command => command.Body.Value.Kind).Must(_ => settings.Smtp is not null).WithMessage("No mail server is set: Notifications__Smtp__Host.").OverridePropertyName("kind");
        });
    }
}

internal sealed class CreateTargetHandler(ITargetStore targets, SecretBox secrets, TimeProvider clock, AuditTrail audit) : ICommandHandler<CreateTargetCommand, Target>
{
    public async Task<Result<Target>> Handle(CreateTargetCommand request, CancellationToken cancellationToken)
    {
        var sent = request.Body.Value;
        var now = clock.GetUtcNow();
        var row = new TargetRow
        {
            Id = Guid.CreateVersion7(),
            Name = sent.Name!,
            Kind = sent.Kind!,
            Enabled = sent.Enabled ?? true,
            Url = sent.Url,
            Recipients = [.. sent.Recipients?.OfType<string>() ?? []],
            Rules = TargetRules.Stored(sent.Rules ?? []),
            CreatedAt = now,
            UpdatedAt = now,
        };
        var secret = row.Kind == TargetKind.Webhook ? WebhookSignature.NewSecret() : null;
        if (TargetRules.Misfit(row.Kind, sent.Url, sent.Recipients) is { } misfit)
            return misfit;
        audit.Record(new AuditEntry(AuditAction.Create, TargetAudit.Type, row.Id, row.Name, After: TargetAudit.From(row), SuccessStatus: 201));
        return await targets.InsertAsync(row, secret is null ? null : secrets.Close(secret), cancellationToken) ? Target.From(row, secret) : TargetRules.NameTaken;
    }
}
