namespace Monolith.Entitlements.Features;

internal sealed class RefreshEntitlementsEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/licenses/refresh-entitlements",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new RefreshEntitlementsCommand(), ct).Ok())
        .For<RefreshEntitlementsCommand>("refresh-entitlements", "Reads the licenses again, on every replica.")
        .WithTags("Licenses")
        .WithDescription("At most once a minute, counted from refreshed_at: 400 with Retry-After, in whole seconds, before that. Changes of licenses need no refresh.")
        .Produces<MessageBody>()
        .Fails(400);
}

[RequiresPermission(ResourceType.License, PermissionAction.Create)]
[LeavesNoAuditRow("It reads again what is stored, and stores nothing.")]
internal sealed record RefreshEntitlementsCommand : ICommand<MessageBody>;

internal sealed class RefreshEntitlementsHandler(EntitlementSnapshot snapshot, IEntitlementRefresh refresh)
    : ICommandHandler<RefreshEntitlementsCommand, MessageBody>
{
    private static readonly TimeSpan Rest = TimeSpan.FromMinutes(1);

    public async Task<Result<MessageBody>> Handle(RefreshEntitlementsCommand request, CancellationToken cancellationToken)
    {
        if (snapshot.SinceRefresh is { } age && Rest - age is var wait && wait > TimeSpan.Zero)
            return Error.BadRequest($"Entitlements were refreshed a moment ago. Try again in {Math.Ceiling(wait.TotalSeconds):0} seconds.") with { RetryAfter = wait };
        await refresh.AnnounceAsync(cancellationToken);
        return new MessageBody("Entitlements are refreshed.");
    }
}
