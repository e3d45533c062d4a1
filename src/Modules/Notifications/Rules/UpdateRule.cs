using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Rules;

internal sealed class UpdateRuleEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/notifications/rules/{rule}",
            (string rule, Body<UpdateRuleRequest> body, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new UpdateRuleCommand(rule, body), ct).Ok())
        .For<UpdateRuleCommand>("update-notification-rule", "Switches a rule on or off, or sets its thresholds.")
        .WithDescription("A rule that is changed begins anew: what is the case already is told once more.")
        .Produces<Rule>()
        .Fails(404);
}

/// <summary>What to set; null leaves it alone. Thresholds are whole numbers from 1, each once, in the unit of the rule; rules that tell once have one.</summary>
internal sealed record UpdateRuleRequest(bool? Enabled, IReadOnlyList<int>? Thresholds);

[RequiresPermission(ResourceType.NotificationTemplate, PermissionAction.Update)]
internal sealed record UpdateRuleCommand(string Rule, Body<UpdateRuleRequest> Body) : ICommand<Rule>;

internal sealed class UpdateRuleValidator : AbstractValidator<UpdateRuleCommand>
{
    public UpdateRuleValidator() => RuleFor(command => command).Custom((command, context) =>
    {
        if (command.Body.Value.Thresholds is { } thresholds && RuleKind.Find(command.Rule) is { } kind && !Fit(thresholds, kind))
            context.AddFailure("thresholds", kind.MostThresholds == 1 ? $"Must be one number from 1 to {kind.Largest}." : $"Must be 1 to {kind.MostThresholds} different numbers from 1 to {kind.Largest}.");
    });

    private static bool Fit(IReadOnlyList<int> thresholds, RuleKind kind) =>
        thresholds.Count >= 1 && thresholds.Count <= kind.MostThresholds && thresholds.Distinct().Count() == thresholds.Count
        && thresholds.All(threshold => threshold >= 1 && threshold <= kind.Largest);
}

internal sealed class UpdateRuleHandler(IRuleStore rules, AuditTrail audit) : ICommandHandler<UpdateRuleCommand, Rule>
{
    public async Task<Result<Rule>> Handle(UpdateRuleCommand request, CancellationToken cancellationToken)
    {
        if (await rules.LockAsync(request.Rule, cancellationToken) is not { } stored)
            return Error.NotFound;
        var sent = request.Body.Value;
        var (enabled, thresholds) = (sent.Enabled ?? stored.Enabled, sent.Thresholds?.Order().ToArray() ?? [.. stored.Thresholds.Order()]);
        if (enabled == stored.Enabled && thresholds.SequenceEqual(stored.Thresholds.Order()))
            return Rule.From(stored);
        await rules.SetAsync(stored.Rule, enabled, thresholds, cancellationToken);
        var changed = stored with { Enabled = enabled, Thresholds = thresholds, Level = 0, Reading = null };
        audit.Record(new AuditEntry(AuditAction.Write, "notification_rule", null, stored.Rule, Before: RuleAudit.From(stored), After: RuleAudit.From(changed)));
        return Rule.From(changed);
    }

    private sealed record RuleAudit(bool Enabled, IReadOnlyList<int> Thresholds)
    {
        public static RuleAudit From(RuleRow row) => new(row.Enabled, row.Thresholds);
    }
}
