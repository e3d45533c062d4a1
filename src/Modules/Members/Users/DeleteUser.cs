using Monolith.Entitlements.Contracts;
using Monolith.Members.Directory;

namespace Monolith.Members.Users;

internal sealed class DeleteUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/users/{user}",
            (string user, string? force, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new DeleteUserCommand(user, force), ct).Ok())
        .For<DeleteUserCommand>("delete-user", "Deletes a user.")
        .Produces<MessageBody>()
        .Fails(417);
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Delete)]
internal sealed record DeleteUserCommand(string User, string? Force = null) : ICommand<MessageBody>, IUserRequest;

internal sealed class DeleteUserValidator : AbstractValidator<DeleteUserCommand>
{
    public DeleteUserValidator() => RuleFor(command => command.Force)
        .Must(text => string.IsNullOrEmpty(text) || bool.TryParse(text, out _)).WithMessage("Must be true or false.");
}

internal sealed class DeleteUserHandler(IAccountGuard guard, IUserWriter writer, IOwnedWorkspaces workspaces, AuditTrail audit)
    : ICommandHandler<DeleteUserCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(DeleteUserCommand request, CancellationToken cancellationToken)
    {
        var locked = await guard.LockAsync(makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        var user = locked.Value.User;
        audit.Record(new AuditEntry(AuditAction.Delete, "user", user.Id, user.Username, Before: user));
        if (Refuse(locked.Value) is { } refusal)
            return refusal;

        if (!await writer.DeleteAsync(user.Id, cancellationToken))
            return Error.UserNotFound;

        // After the deletion: a report that came before it was waited for, a later one finds nobody.
        if (bool.TryParse(request.Force, out var forced) && forced)
            await workspaces.DeleteOfAsync(user.Id, cancellationToken);
        else if (await workspaces.AnyOfAsync(user.Id, cancellationToken))
            return HasWorkspaces;
        return new MessageBody("The user has been deleted.");
    }

    private static readonly Error HasWorkspaces = new(
        ErrorKind.ExpectationFailed, "The user still has workspaces. Delete them first.", "With force=true they are marked as deleted together with the user.");

    private static Error? Refuse(LockedAccount account) =>
        account.IsSelf ? new Error(ErrorKind.Forbidden, "You cannot delete yourself.")
        : account.Denied(PermissionAction.Delete, Error.Forbidden) ?? account.RefuseOwner(ends: true);
}
