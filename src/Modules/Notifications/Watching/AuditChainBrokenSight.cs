using Monolith.Audit.Contracts;
using Monolith.Notifications.Directory;

namespace Monolith.Notifications.Watching;

/// <summary>Whether the audit log is as it was written. It reads every row, so it looks seldom: the threshold is the pause in hours.</summary>
internal sealed class AuditChainBrokenSight(IAuditVerification chain) : IRuleSight
{
    public string Rule => RuleName.AuditChainBroken;

    public TimeSpan? PauseOf(RuleRow rule) => TimeSpan.FromHours(rule.Thresholds[0]);

    public async Task<Reading> LookAsync(RuleRow rule, CancellationToken cancellationToken)
    {
        var found = await chain.VerifyAsync(cancellationToken);
        if (found.Fault is not { } fault)
            return Reading.Nothing($"Every row of the audit log fits; {found.Verified} were compared.");
        var sentence = fault.Position is { } position ? $"The audit log does not fit at position {position}: {fault.Reason}" : $"The audit log does not fit: {fault.Reason}";
        return new Reading(1, 1, sentence, new Announcement(
            Rule, "The audit log is not as it was written", $"{sentence} The verb audit verify tells more.", new { fault.Position, fault.Id, fault.Time, fault.Reason, found.Verified }));
    }
}
