using Monolith.Notifications.Directory;
using Monolith.Web.Dashboard;

namespace Monolith.Notifications.Dashboard;

/// <summary>What people read for the words of the wire.</summary>
internal static class NotificationWords
{
    public static string TitleOf(string rule) => rule switch
    {
        RuleName.SeatsUsed => Texts.SeatsUsed,
        RuleName.SeatsProjectedFull => Texts.SeatsProjectedFull,
        RuleName.LicenseEnds => Texts.LicenseEnds,
        RuleName.UsersBecomeDormant => Texts.UsersBecomeDormant,
        RuleName.AuditChainBroken => Texts.AuditChainBroken,
        Announcement.Test => Texts.TestMessage,
        Announcement.Account => Texts.AccountMail,
        _ => rule,
    };

    /// <summary>When a rule tells, in a sentence with its numbers.</summary>
    public static string When(Rule rule)
    {
        var numbers = string.Join(", ", rule.Thresholds);
        return rule.Name switch
        {
            RuleName.SeatsUsed => Phrase.Of(Texts.SeatsUsedWhen, numbers),
            RuleName.SeatsProjectedFull => Phrase.Of(Texts.SeatsProjectedFullWhen, numbers),
            RuleName.LicenseEnds => Phrase.Of(Texts.LicenseEndsWhen, string.Join(", ", rule.Thresholds.OrderDescending())),
            RuleName.UsersBecomeDormant => Phrase.Of(Texts.UsersBecomeDormantWhen, numbers),
            _ => Phrase.Of(Texts.AuditChainBrokenWhen, numbers),
        };
    }

    /// <summary>The label of the thresholds of a rule.</summary>
    public static string ThresholdsOf(Rule rule) => rule.Name switch
    {
        RuleName.SeatsUsed => Texts.ThresholdsPercent,
        RuleName.LicenseEnds => Texts.ThresholdsDays,
        RuleName.AuditChainBroken => Texts.ThresholdHours,
        _ => Texts.ThresholdDays,
    };

    public static string KindOf(string kind) => kind == TargetKind.Email ? Texts.Email : Texts.Webhook;

    public static (string Text, string Class, string Icon) StatusOf(string status) => status switch
    {
        DeliveryStatus.Sent => (Texts.Sent, "in-use", "check"),
        DeliveryStatus.Dead => (Texts.GivenUp, "refused", "cross"),
        _ => (Texts.Waiting, "not-in-use", "info"),
    };
}
