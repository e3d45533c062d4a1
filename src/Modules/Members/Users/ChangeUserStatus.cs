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

internal sealed class ChangeUserStatusEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app)
    {
        Map(app, "suspend", "suspended");
        Map(app, "activate", "active");
    }

    private static void Map(IEndpointRouteBuilder app, string verb, string status) => app
        .MapPut(
            $"/api/v2/users/{{user}}/status/{verb}",
            (string user, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new ChangeUserStatusCommand(user, status), ct).Ok())
        .WithName($"{verb}-user-account")
        .WithTags("Users")
        .Produces<User>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(403)
        .Produces<ErrorBody>(404);
}

[RequiresSession("The user must be readable, and the caller needs user:update on them.")]
[NothingToValidate("A name that is nobody's is a 404.")]
internal sealed record ChangeUserStatusCommand(string User, string Status) : ICommand<User>;

internal sealed class ChangeUserStatusHandler(Db db, UserResolver users, ICaller caller, UserAnswers answers, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<ChangeUserStatusCommand, User>
{
    public async Task<Result<User>> Handle(ChangeUserStatusCommand request, CancellationToken cancellationToken)
    {
        if (await users.FindReadableAsync(request.User, cancellationToken) is not { Deleted: false, IsSystem: false } user
            || await db.SingleOrDefaultAsync<Stored>(Lock, new { id = user.Id }, cancellationToken) is not { } stored)
            return Error.UserNotFound;
        if (request.Status == "suspended" && user.Id == caller.UserId)
            return Error.BadRequest("You cannot suspend yourself.");
        if (!caller.Can(PermissionAction.Update, ResourceObject.User(user.Id)))
            return Error.Forbidden;
        if (request.Status == "suspended" && stored.SiteRoles.Contains("owner"))
            return Error.BadRequest("An owner cannot be suspended.", "Take the owner role away first.");

        await db.ExecuteAsync(Update, new { id = user.Id, status = request.Status, now = clock.GetUtcNow() }, cancellationToken);
        audit.Record(new AuditEntry(
            AuditAction.Write, "user", user.Id, user.Username, Before: new { stored.Status }, After: new { request.Status }));
        return (await answers.FindAsync(user.Id, cancellationToken))!;
    }

    private sealed class Stored
    {
        public string Status { get; init; } = "";

        public string[] SiteRoles { get; init; } = [];
    }

    private const string Lock =
        """
        select status, site_roles
        from members.users
        where id = @id
        for update
        """;

    private const string Update =
        """
        update members.users
        set status = @status, updated_at = @now
        where id = @id and status <> @status
        """;
}
