using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Targets;

internal sealed class UpdateTargetEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPatch(
            "/notifications/targets/{target}",
            (string target, Body<UpdateTargetRequest> body, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new UpdateTargetCommand(target, body), ct).Ok())
        .For<UpdateTargetCommand>("update-notification-target", "Changes a target, or switches it on or off.")
        .WithDescription("Switching it off stops new messages; those that wait are still sent.")
        .Produces<Target>()
        .Fails(404, 409);
}

/// <summary>What to change; null leaves a value alone. The kind of a target stays. Empty <c>rules</c> are all of them.</summary>
internal sealed record UpdateTargetRequest(string? Name, bool? Enabled, string? Url, IReadOnlyList<string?>? Recipients, [property: OneOf(typeof(RuleName))] IReadOnlyList<string?>? Rules = null);

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
internal sealed record UpdateTargetCommand(string Target, Body<UpdateTargetRequest> Body) : ICommand<Target>;

internal sealed class UpdateTargetValidator : AbstractValidator<UpdateTargetCommand>
{
    public UpdateTargetValidator(TargetGuard guard)
    {
        RuleFor(command => command.Body.Value.Name).TargetName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.Url).TargetUrl(guard);
        RuleFor(command => command.Body.Value.Recipients).Recipients().OverridePropertyName("recipients");
        RuleFor(command => command.Body.Value.Rules).RuleNames().OverridePropertyName("rules");
    }
}

internal sealed class UpdateTargetHandler(ITargetStore targets, TimeProvider clock, AuditTrail audit) : ICommandHandler<UpdateTargetCommand, Target>
{
    public async Task<Result<Target>> Handle(UpdateTargetCommand request, CancellationToken cancellationToken)
    {
        if (!Guid.TryParseExact(request.Target, "D", out var id) || await targets.LockAsync(id, cancellationToken) is not { } stored)
            return Error.NotFound;
        var sent = request.Body.Value;
        if (TargetRules.Misfit(stored.Kind, sent.Url, sent.Recipients) is { } misfit)
            return misfit;
        var wanted = stored with
        {
            Name = sent.Name ?? stored.Name,
            Enabled = sent.Enabled ?? stored.Enabled,
            Url = sent.Url ?? stored.Url,
            Recipients = sent.Recipients is null ? stored.Recipients : [.. sent.Recipients.OfType<string>()],
            Rules = sent.Rules is null ? stored.Rules : TargetRules.Stored(sent.Rules),
        };
        if (wanted.IsLike(stored))
            return Target.From(stored);
        wanted = wanted with { UpdatedAt = clock.GetUtcNow() };
        var after = TargetAudit.From(wanted) with { Url = wanted.Url == stored.Url ? null : AuditSecret.Changed };
        audit.Record(new AuditEntry(AuditAction.Write, TargetAudit.Type, stored.Id, stored.Name, Before: TargetAudit.From(stored), After: after));
        return await targets.UpdateAsync(wanted, cancellationToken) ? Target.From(wanted) : TargetRules.NameTaken;
    }
}
