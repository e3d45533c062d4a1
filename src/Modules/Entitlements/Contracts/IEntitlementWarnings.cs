namespace Monolith.Entitlements.Contracts;

/// <summary>The warnings of <c>GET /api/v2/entitlements</c> as they stand now, for the header <c>X-Coder-Entitlements-Warning</c>: one header a warning, in this order.</summary>
public interface IEntitlementWarnings
{
    /// <summary>
    /// As live as <c>actual</c> (contract section 6). From memory alone while no license limits users or AI seats, else one query on a connection of its own,
    /// so that it may run while an answer is being streamed. Empty when nothing is wrong, and when the database does not answer: a warning never fails a request.
    /// </summary>
    ValueTask<IReadOnlyList<string>> CurrentAsync(CancellationToken cancellationToken);
}
