using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licenses;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Features;

/// <summary>The entitlements in memory. Readers never wait and never touch the database; the clock's next boundary is applied when they pass it.</summary>
internal sealed class EntitlementSnapshot(ILicenseReader licenses, CommunityFeatures community, TimeProvider clock) : IEntitlements, IFeatureGate, IDisposable
{
    private const long NeverRefreshed = long.MinValue;
    private readonly SemaphoreSlim _refreshing = new(1, 1);
    private long _refreshed = NeverRefreshed;
    private volatile State _state = new([], default, DateTimeOffset.MinValue, new Dictionary<string, Feature>());

    /// <summary>Start time of the last refresh; the default before the first.</summary>
    public DateTimeOffset RefreshedAt => _state.RefreshedAt;

    /// <summary>Time since the last refresh, whatever was done to the clock meanwhile; null before the first.</summary>
    public TimeSpan? SinceRefresh => Interlocked.Read(ref _refreshed) is > NeverRefreshed and var at ? clock.GetElapsedTime(at) : null;

    /// <summary>True while a license limits something that is counted: only then do warnings depend on the database.</summary>
    public bool HasCountedLimit => Current().Features is var features
        && (features.GetValueOrDefault(FeatureNames.UserLimit)?.Limit ?? features.GetValueOrDefault(FeatureNames.AiGovernanceUserLimit)?.Limit
            ?? features.GetValueOrDefault(FeatureNames.ManagedAgentLimit)?.Limit) is not null;

    /// <summary>The days whose task builds count; null while no license limits them.</summary>
    public UsagePeriod? ManagedAgentPeriod => Current().Features.GetValueOrDefault(FeatureNames.ManagedAgentLimit)?.UsagePeriod;

    public bool IsUsable(string feature) => Current().Features.TryGetValue(feature, out var found) && found.Enabled;

    /// <summary>A feature as licenses grant it now, without counts.</summary>
    public Feature? Find(string feature) => Current().Features.GetValueOrDefault(feature);

    /// <summary>The claims of the licenses that hold at this moment, in their grace period too.</summary>
    public IEnumerable<LicenseClaims> ValidLicenses()
    {
        var now = clock.GetUtcNow();
        return _state.Licenses.Select(license => license.Token.Claims).OfType<LicenseClaims>()
            .Where(claims => LicenseRules.Judge(claims, now).Standing is LicenseStatus.Valid or LicenseStatus.Grace);
    }

    public Error? Check(string feature) => IsUsable(feature)
        ? null
        : new Error(ErrorKind.Forbidden, $"{FeatureCatalog.Find(feature)?.HumanName ?? FeatureCatalog.Humanize(feature)} is a Premium feature. Upload a license that includes it.");

    /// <summary>The whole answer with live numbers.</summary>
    public DeploymentEntitlements Compute(UsageCounts counts)
    {
        var now = clock.GetUtcNow();
        var state = _state;
        return EntitlementComputation.Compute(now, state.RefreshedAt, Unexpired(state.Licenses, now), community.Names, counts, community.Implemented);
    }

    /// <summary>The whole answer as it would be if one license were not there.</summary>
    public DeploymentEntitlements ComputeWithout(Guid license, UsageCounts counts)
    {
        var now = clock.GetUtcNow();
        var state = _state;
        return EntitlementComputation.Compute(
            now, state.RefreshedAt, Unexpired(state.Licenses.Where(stored => stored.Uuid != license), now), community.Names, counts, community.Implemented);
    }

    /// <summary>Reads the licenses again. Callers queue, so that the last one to return has seen everything committed before it called.</summary>
    public async Task RefreshAsync(CancellationToken cancellationToken)
    {
        await _refreshing.WaitAsync(cancellationToken);
        try
        {
            var (now, timestamp) = (clock.GetUtcNow(), clock.GetTimestamp());
            _state = At(now, now, await licenses.ReadAsync(now, cancellationToken));
            Interlocked.Exchange(ref _refreshed, timestamp);
        }
        finally
        {
            _refreshing.Release();
        }
    }

    public void Dispose() => _refreshing.Dispose();

    private State Current()
    {
        var state = _state;
        var now = clock.GetUtcNow();
        if (now < state.ValidUntil)
            return state;
        var next = At(now, state.RefreshedAt, state.Licenses);

        // A refresh that finished in between knows more: it stays.
        Interlocked.CompareExchange(ref _state, next, state);
        return next;
    }

    private State At(DateTimeOffset now, DateTimeOffset refreshedAt, IReadOnlyList<StoredLicense> stored)
    {
        var computed = EntitlementComputation.Compute(now, refreshedAt, Unexpired(stored, now), community.Names, UsageCounts.None, community.Implemented);
        var next = stored
            .Select(license => license.Token.Claims)
            .OfType<LicenseClaims>()
            .SelectMany(LicenseRules.Boundaries)
            .Where(boundary => boundary > now)
            .DefaultIfEmpty(DateTimeOffset.MaxValue)
            .Min();
        return new State(stored, refreshedAt, next, computed.Features);
    }

    private static IEnumerable<StoredLicense> Unexpired(IEnumerable<StoredLicense> stored, DateTimeOffset now) =>
        stored.Where(license => license.Token.Claims is not { Expires: { } end } || end > now);

    private sealed record State(
        IReadOnlyList<StoredLicense> Licenses,
        DateTimeOffset RefreshedAt,
        DateTimeOffset ValidUntil,
        IReadOnlyDictionary<string, Feature> Features);
}
