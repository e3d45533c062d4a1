using Monolith.Entitlements.AiSeats;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;
using Monolith.Web.Dashboard;

namespace Monolith.Entitlements.Dashboard;

/// <summary>
/// What is wrong with licenses and seats, on every page: at most one line about each. Who may open the page about it is told;
/// the pages of the licenses and of the seats say it themselves, in full.
/// </summary>
internal sealed class EntitlementsNotices(LiveWarnings live) : INoticeSource
{
    private const string LicensesPath = "/licenses";
    private const string SeatsPath = "/ai-seats";

    public async ValueTask<IReadOnlyList<Notice>> NoticesAsync(ICaller caller, PathString here, CancellationToken cancellationToken)
    {
        var seesLicenses = caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.License));
        var seesHolders = caller.Can(PermissionAction.Read, ResourceObject.All(ResourceType.User));
        if (!(seesLicenses || seesHolders) || Is(here, LicensesPath))
            return [];
        if (await live.RecentAsync(cancellationToken) is not { } entitlements)
            return [];
        var feature = entitlements.Features[FeatureNames.AiGovernanceUserLimit];
        List<string> seats = [.. EntitlementWarnings.Seats(feature, feature.Actual ?? 0)];
        List<Notice> notices = [];
        if (seats.Count > 0 && !Is(here, SeatsPath))
        {
            var (text, path) = seesHolders ? (Texts.NoticeHolders, LocalPath.With(SeatsPath, ("filter", "has-ai-seat:true"))) : (Texts.NoticeLicenses, LicensesPath);
            notices.Add(new(KindOf(feature), Phrase.Apart(string.Join(' ', seats)), text, path));
        }

        List<string> others = [.. entitlements.Errors, .. entitlements.Warnings.Except(seats)];
        if (seesLicenses && others.Count > 0)
        {
            var first = Phrase.Apart(others[0]);
            var text = others.Count == 1 ? first : $"{first} {Phrase.Of(Texts.NoticeMore, others.Count - 1)}";
            notices.Add(new(entitlements.Errors.Count > 0 || others.Exists(one => KindOf(one, entitlements) == NoticeKind.Error) ? NoticeKind.Error : NoticeKind.Warning, text, Texts.NoticeLicenses, LicensesPath));
        }

        return notices;
    }

    /// <summary>How bad a warning is: what is over its limit is as bad on every page.</summary>
    internal static NoticeKind KindOf(string warning, DeploymentEntitlements entitlements)
    {
        var (seats, users) = (entitlements.Features[FeatureNames.AiGovernanceUserLimit], entitlements.Features[FeatureNames.UserLimit]);
        if (EntitlementWarnings.Seats(seats, seats.Actual ?? 0).Contains(warning))
            return KindOf(seats);
        return users.Actual > users.Limit && EntitlementWarnings.Users(users, users.Actual ?? 0).Contains(warning) ? NoticeKind.Error : NoticeKind.Warning;
    }

    private static bool Is(PathString here, string page) => string.Equals(here.Value?.TrimEnd('/'), page, StringComparison.OrdinalIgnoreCase);

    // Nearly full is worth a look and no alarm (dashboard specification 4.5).
    private static NoticeKind KindOf(Feature seats) => SeatSummary.LevelOf(seats.Limit!.Value, seats.Actual ?? 0) switch
    {
        SeatLevel.Over => NoticeKind.Error,
        SeatLevel.Full => NoticeKind.Warning,
        _ => seats.Entitlement == Entitlement.GracePeriod ? NoticeKind.Warning : NoticeKind.Info,
    };
}
