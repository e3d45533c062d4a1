using Carter;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Pipeline;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Members.Users;

internal sealed class DeleteUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/api/v2/users/{user}",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new DeleteUserCommand(user), ct).Ok())
        .WithName("delete-user")
        .WithTags("Users")
        .Produces<MessageBody>()
        .Produces<ErrorBody>(403)
        .Produces<ErrorBody>(404)
        .Produces<ErrorBody>(417);
}

[RequiresSession("The user must be readable, and the caller needs user:delete on them.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record DeleteUserCommand(string User) : ICommand<MessageBody>;

internal sealed class DeleteUserHandler(Db db, UserResolver users, ICaller caller, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<DeleteUserCommand, MessageBody>
{
    public async Task<Result<MessageBody>> Handle(DeleteUserCommand request, CancellationToken cancellationToken)
    {
        if (await users.FindReadableAsync(request.User, cancellationToken) is not { Deleted: false, IsSystem: false } user)
            return Error.UserNotFound;
        if (user.Id == caller.UserId)
            return new Error(ErrorKind.Forbidden, "You cannot delete yourself.");
        if (await db.ScalarAsync<bool>(OwnsWorkspaces, new { id = user.Id }, cancellationToken))
            return new Error(ErrorKind.ExpectationFailed, "The user still has workspaces. Delete them first.");
        if (!caller.Can(PermissionAction.Delete, ResourceObject.User(user.Id)))
            return Error.Forbidden;

        await db.ExecuteAsync(LockWhatIsCounted, new { id = user.Id }, cancellationToken);
        if (await db.ExecuteAsync(Delete, new { id = user.Id, now = clock.GetUtcNow() }, cancellationToken) == 0)
            return Error.UserNotFound;

        // Memberships go with the user, so that lists and kept counts need not know about deletion.
        await db.ExecuteAsync(DeleteWhatIsTheirs, new { id = user.Id }, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Delete, "user", user.Id, user.Username, Before: user));
        return new MessageBody("The user has been deleted.");
    }

    private const string OwnsWorkspaces =
        "select exists (select 1 from contracts.reported_workspaces where owner_id = @id and not deleted)";

    // Whoever removes the user from an organization locks the membership, and then what is counted of the user: the same order here.
    private const string LockWhatIsCounted =
        """
        select 1 from members.users where id = @id for no key update;
        select 1 from members.organization_members where user_id = @id order by organization_id for update
        """;

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
