namespace Monolith.Entitlements.Features;

internal sealed class GetEntitlementsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapGet("/api/v2/entitlements", (IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new GetEntitlementsQuery(), cancellationToken).Ok())
            .WithName("GetEntitlements").WithTags("Entitlements")
            .WithSummary("What the licenses of this deployment allow")
            .WithDescription("Every known feature is listed; clients must accept names that they do not know. actual and warnings are counted at this moment, refreshed_at is when licenses were last read.")
            .AllowAnonymous().Produces<DeploymentEntitlements>();
}

[AllowAnonymousRequest("The dashboard asks before anybody signed in; the answer holds no secret.")]
internal sealed record GetEntitlementsQuery : IQuery<DeploymentEntitlements>;

internal sealed class GetEntitlementsHandler(EntitlementSnapshot snapshot, UsageCounter counter) : IQueryHandler<GetEntitlementsQuery, DeploymentEntitlements>
{
    public async Task<Result<DeploymentEntitlements>> Handle(GetEntitlementsQuery request, CancellationToken cancellationToken) =>
        snapshot.Compute(await counter.CountAsync(cancellationToken));
}
