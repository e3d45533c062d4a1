using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;
using Monolith.Entitlements.Contracts;

namespace Monolith.Members.Users;

internal sealed class DeleteUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/api/v2/users/{user}",
            (string user, string? force, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new DeleteUserCommand(user, force), ct).Ok())
        .WithName("delete-user")
        .WithTags("Users")
        .Produces<MessageBody>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(403)
        .Produces<ErrorBody>(404)
        .Produces<ErrorBody>(417);
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Delete)]
internal sealed record DeleteUserCommand(string User, string? Force = null) : ICommand<MessageBody>, IUserRequest;

internal sealed class DeleteUserValidator : AbstractValidator<DeleteUserCommand>
{
    public DeleteUserValidator() => RuleFor(command => command.Force)
        .Must(text => string.IsNullOrEmpty(text) || bool.TryParse(text, out _)).WithMessage("Must be true or false.");
}

internal sealed class DeleteUserHandler(Db<MembersModule> db, CurrentUser target, AccountGuard guard, IOwnedWorkspaces workspaces, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<DeleteUserCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(DeleteUserCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var locked = await guard.LockAsync(user.Id, makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        audit.Record(new AuditEntry(AuditAction.Delete, "user", user.Id, user.Username, Before: user));
        if (Refuse(locked.Value) is { } refusal)
            return refusal;

        await db.ExecuteAsync(LockWhatIsCounted, new { id = user.Id }, cancellationToken);
        if (await db.ExecuteAsync(Delete, new { id = user.Id, now = clock.GetUtcNow() }, cancellationToken) == 0)
            return Error.UserNotFound;

        // After the deletion: a report that came before it was waited for, a later one finds nobody.
        if (bool.TryParse(request.Force, out var forced) && forced)
            await workspaces.DeleteOfAsync(user.Id, cancellationToken);
        else if (await db.ScalarAsync<bool>(OwnsWorkspaces, new { id = user.Id }, cancellationToken))
            return HasWorkspaces;

        // Memberships go with the user, so that lists and kept counts need not know about deletion.
        await db.ExecuteAsync(DeleteWhatIsTheirs, new { id = user.Id }, cancellationToken);
        return new MessageBody("The user has been deleted.");
    }

    private static readonly Error HasWorkspaces = new(
        ErrorKind.ExpectationFailed, "The user still has workspaces. Delete them first.", "With force=true they are marked as deleted together with the user.");

    private static Error? Refuse(LockedAccount account) =>
        account.IsSelf ? new Error(ErrorKind.Forbidden, "You cannot delete yourself.")
        : account.Denied(PermissionAction.Delete, Error.Forbidden) ?? account.RefuseOwner(ends: true);

    private const string OwnsWorkspaces =
        "select exists (select 1 from contracts.reported_workspaces where owner_id = @id and not deleted)";

    // Whoever removes the user from an organization locks the membership, and then what is counted of the user: the same order here, after the user's own row.
    private const string LockWhatIsCounted =
        "select 1 from members.organization_members where user_id = @id order by organization_id for update";

    private const string Delete =
        """
        update members.users
        set deleted = true, updated_at = @now
        where id = @id and not deleted
        """;

    private const string DeleteWhatIsTheirs =
        """
        delete from members.organization_members where user_id = @id;
        delete from members.api_keys where user_id = @id;
        delete from members.user_settings where user_id = @id
        """;
}
