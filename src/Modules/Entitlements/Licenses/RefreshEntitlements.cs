using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;
using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Licenses;

internal sealed class RefreshEntitlementsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/v2/licenses/refresh-entitlements", (IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new RefreshEntitlementsCommand(), cancellationToken).Ok())
            .WithName("RefreshEntitlements").WithTags("Licenses").Produces<MessageBody>();
}

[RequiresPermission(ResourceType.License, PermissionAction.Create)]
[NothingToValidate("The request carries nothing.")]
internal sealed record RefreshEntitlementsCommand : ICommand<MessageBody>;

internal sealed class RefreshEntitlementsHandler(EntitlementSnapshot snapshot, LicenseChanges changes, TimeProvider clock)
    : ICommandHandler<RefreshEntitlementsCommand, MessageBody>
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    public async Task<Result<MessageBody>> Handle(RefreshEntitlementsCommand request, CancellationToken cancellationToken)
    {
        var wait = snapshot.RefreshedAt + Rest - clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            return Error.BadRequest($"Entitlements were refreshed a moment ago. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds.") with { RetryAfter = wait };
        await changes.AnnounceAsync(cancellationToken);
        return new MessageBody("Entitlements are refreshed.");
    }
}
