namespace Monolith.Entitlements.Contracts;

/// <summary>A license in words.</summary>
/// <param name="Accepted">True when a server that trusts these keys would take it in at that moment.</param>
/// <param name="Lines">Labels and texts, in reading order. A label may repeat.</param>
public sealed record LicenseReport(bool Accepted, IReadOnlyList<KeyValuePair<string, string>> Lines);
