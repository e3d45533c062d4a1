namespace Monolith.Entitlements.Features;

internal sealed class GetEntitlementsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/entitlements",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new GetEntitlementsQuery(), ct).Ok())
        .For<GetEntitlementsQuery>("get-entitlements", "Answers what the licenses of this deployment allow.")
        .WithDescription("Every known feature is listed; clients must accept names that they do not know. actual and warnings are counted at this moment, refreshed_at is when licenses were last read.")
        .Produces<DeploymentEntitlements>();
}

[AllowAnonymousRequest("The dashboard asks before anybody signed in; the answer holds no secret.")]
internal sealed record GetEntitlementsQuery : IQuery<DeploymentEntitlements>;

internal sealed class GetEntitlementsHandler(EntitlementSnapshot snapshot, UsageCounter counter) : IQueryHandler<GetEntitlementsQuery, DeploymentEntitlements>
{
    public async Task<Result<DeploymentEntitlements>> Handle(GetEntitlementsQuery request, CancellationToken cancellationToken) =>
        snapshot.Compute(await counter.CountAsync(cancellationToken));
}
