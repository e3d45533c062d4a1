using System.Text.Json;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Licenses;

/// <summary>A license on the wire. The token itself is never shown: it is a bearer credential.</summary>
/// <param name="Id">The number that deletes it.</param>
/// <param name="Uuid">The <c>jti</c> claim when it is a uuid, else made at upload.</param>
/// <param name="UploadedAt">When this deployment took it in.</param>
/// <param name="Claims">The payload of the token as it stands, not checked again: expired licenses are listed too.</param>
internal sealed record License(int Id, Guid Uuid, DateTimeOffset UploadedAt, JsonElement Claims);

/// <summary>Checks a license and takes it in, in the transaction under way: the one way in for uploads and for the file at start. Scoped.</summary>
internal sealed class LicenseRegistration(ILicenseStore store, KeyRing keys, IDispatcher events, AuditTrail audit, TimeProvider clock)
{
    private const string Invalid = "The license is not valid.";

    /// <param name="jwt">The token as <see cref="LicenseText.Clean"/> gives it.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<Result<License>> AcceptAsync(string jwt, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var token = LicenseToken.Verify(jwt, keys);
        if (token.Claims is not { } claims)
            return Refuse("signature", Invalid, token.Fault);
        if (LicenseRules.Judge(claims, now) is { Fault: { } fault } verdict)
            return Refuse(verdict.Standing == LicenseStatus.Void ? "term" : "claims", Invalid, fault);
        if (await OtherDeploymentAsync(claims, cancellationToken) is { } elsewhere)
            return elsewhere;

        var uuid = claims.Id ?? Guid.CreateVersion7();
        if (await store.InsertAsync(now, jwt, claims.Expires, uuid, cancellationToken) is not { } id)
            return Refuse("duplicate", "The license already exists.", "Each license is kept once; nothing was changed.");

        audit.Record(new AuditEntry(AuditAction.Create, "license", uuid, After: new { id, uuid, claims.Expires }, SuccessStatus: StatusCodes.Status201Created));
        await events.PublishAsync(new LicensesChanged(), cancellationToken);
        return new License(id, uuid, now, LicenseToken.Payload(jwt));
    }

    private async Task<Error?> OtherDeploymentAsync(LicenseClaims claims, CancellationToken cancellationToken)
    {
        if (claims.DeploymentIds.Count == 0)
            return null;
        var own = (await store.DeploymentAsync(cancellationToken)).ToString();
        return claims.DeploymentIds.Contains(own, StringComparer.OrdinalIgnoreCase)
            ? null
            : Refuse("deployment", "The license is not valid for this deployment.", $"The id of this deployment is {own}; the license is bound to others.");
    }

    /// <summary>A refusal leaves a trace: what kind it was, and nothing of the license.</summary>
    private Error Refuse(string kind, string message, string? reason)
    {
        audit.Record(new AuditEntry(AuditAction.Create, "license", null, $"refused: {kind}"));
        return Error.BadRequest(message, reason);
    }
}
