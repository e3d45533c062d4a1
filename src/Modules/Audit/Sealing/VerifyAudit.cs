using Monolith.Audit.Contracts;
using Monolith.Entitlements.Contracts;

namespace Monolith.Audit.Sealing;

internal sealed class VerifyAuditEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/audit/verify", (IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new VerifyAuditQuery(), ct).Ok())
        .For<VerifyAuditQuery>("verify-audit-logs", "Compares every row of the audit log with the chain of hashes, and names the first that does not fit.")
        .Produces<AuditVerification>();
}

/// <summary>Owners alone hold the permission: an auditor reads.</summary>
[RequiresFeature(FeatureNames.AuditLog)]
[RequiresPermission(ResourceType.AuditLog, PermissionAction.Create)]
internal sealed record VerifyAuditQuery : IQuery<AuditVerification>;

internal sealed class VerifyAuditHandler(IAuditVerification chain) : IQueryHandler<VerifyAuditQuery, AuditVerification>
{
    public async Task<Result<AuditVerification>> Handle(VerifyAuditQuery request, CancellationToken cancellationToken) => await chain.VerifyAsync(cancellationToken);
}
