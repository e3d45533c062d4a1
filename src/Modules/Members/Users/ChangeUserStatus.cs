using Monolith.Members.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Users;

internal sealed class ChangeUserStatusEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        Map(app, "suspend", UserStatus.Suspended, "Suspends a user, who can no longer sign in.");
        Map(app, "activate", UserStatus.Active, "Lets a user who was suspended sign in again.");
    }

    private static void Map(IEndpointRouteBuilder app, string verb, string status, string summary) => app
        .MapPut(
            $"/users/{{user}}/status/{verb}",
            (string user, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ChangeUserStatusCommand(user, status), ct).Ok())
        .For<ChangeUserStatusCommand>($"{verb}-user-account", summary)
        .Produces<User>()
        .Tagged()
        .Fails(400);
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Update)]
[NothingToValidate("The status is the route's own; of a page that turns a suspension back, that of before.")]
internal sealed record ChangeUserStatusCommand(string User, string Status) : ICommand<User>, IUserRequest;

internal sealed class ChangeUserStatusHandler(IAccountGuard guard, IUserWriter writer, UserResponses responses, AuditTrail audit)
    : ICommandHandler<ChangeUserStatusCommand, User>
{
    public async Task<Result<User>> Handle(ChangeUserStatusCommand request, CancellationToken cancellationToken)
    {
        var locked = await guard.LockAsync(makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        var user = locked.Value.User;
        audit.Record(new AuditEntry(
            AuditAction.Write, "user", user.Id, user.Username, Before: new { locked.Value.Stored.Status }, After: new { request.Status }));
        if (Refuse(locked.Value, request.Status) is { } refusal)
            return refusal;

        await writer.SetStatusAsync(user.Id, request.Status, cancellationToken);
        return (await responses.FindAsync(user.Id, cancellationToken))!;
    }

    private static Error? Refuse(LockedAccount account, string status) =>
        status == UserStatus.Suspended && account.IsSelf ? Error.BadRequest("You cannot suspend yourself.")
        : account.Denied(PermissionAction.Update, Error.Forbidden)
            ?? account.RefuseOwner(ends: status != UserStatus.Active)
            ?? (status == UserStatus.Suspended && account.Stored.IsOwner ? Error.BadRequest("An owner cannot be suspended.", "Take the owner role away first.") : null);
}
