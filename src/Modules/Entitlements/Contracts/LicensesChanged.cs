namespace Monolith.Entitlements.Contracts;

/// <summary>A license was taken in or deleted: what the deployment may use is another thing once this is committed.</summary>
public sealed record LicensesChanged : IEvent;
