using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Targets;

internal sealed class RenewTargetSecretEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost("/notifications/targets/{target}/secret", (string target, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new RenewTargetSecretCommand(target), ct).Ok())
        .For<RenewTargetSecretCommand>("renew-notification-target-secret", "Makes a new secret for a webhook and answers it, this once.")
        .WithDescription("The old one signs nothing more, what waits included.")
        .Produces<Target>()
        .Fails(400, 404);
}

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
[NothingToValidate("What is no uuid is not there.")]
internal sealed record RenewTargetSecretCommand(string Target) : ICommand<Target>;

internal sealed class RenewTargetSecretHandler(ITargetStore targets, SecretBox secrets, TimeProvider clock, AuditTrail audit) : ICommandHandler<RenewTargetSecretCommand, Target>
{
    public async Task<Result<Target>> Handle(RenewTargetSecretCommand request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(request.Target, "D", out var id) || await targets.LockAsync(id, cancellationToken) is not { } stored)
            return Error.NotFound;
        if (stored.Kind != TargetKind.Webhook)
            return Error.BadRequest("Only a webhook has a secret.");
        var secret = WebhookSignature.NewSecret();
        var renewed = stored with { UpdatedAt = clock.GetUtcNow() };
        await targets.SetSecretAsync(renewed, secrets.Close(secret), cancellationToken);
        var state = TargetAudit.From(stored);
        audit.Record(new AuditEntry(AuditAction.Write, TargetAudit.Type, id, stored.Name, Before: state, After: state with { Secret = AuditSecret.Changed }));
        return Target.From(renewed, secret);
    }
}
