namespace Monolith.Entitlements.Contracts;

/// <summary>The seats against their limit, and how long the licenses last. Runs as the system, for work beside the requests; nothing of it may be shown before somebody is authorized.</summary>
public interface IDeploymentOutlook
{
    /// <summary>As it stands now: two short queries, and the texts of the licenses.</summary>
    Task<DeploymentOutlook> LookAsync(CancellationToken cancellationToken);
}

/// <summary>What lies ahead of the deployment.</summary>
/// <param name="Seats">Null while no license limits AI seats.</param>
/// <param name="Licenses">Null while there is no license.</param>
public sealed record DeploymentOutlook(SeatNumbers? Seats, LicenseOutlook? Licenses);

/// <summary>How long the licenses of a deployment last, taken together.</summary>
/// <param name="PaidUntil">The end of the paid term, of terms that touch the last one; in the past once it is over.</param>
/// <param name="WorksUntil">The end of the last grace period.</param>
public sealed record LicenseOutlook(DateTimeOffset PaidUntil, DateTimeOffset WorksUntil);
