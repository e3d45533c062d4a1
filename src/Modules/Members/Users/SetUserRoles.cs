using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;
using Monolith.Members.Memberships;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

internal sealed class SetUserRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/api/v2/users/{user}/roles",
            (string user, [FromHeader(Name = "If-Match")] string? ifMatch, Body<UpdateRoles> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new SetUserRolesCommand(user, ifMatch, body), ct).Ok())
        .WithName("assign-role-to-user")
        .WithTags("Users")
        .Produces<User>()
        .Produces<ErrorBody>(400)
        .Produces<ErrorBody>(403)
        .Produces<ErrorBody>(404)
        .Produces<ErrorBody>(412);
}

[RequiresRule]
internal sealed record SetUserRolesCommand(string User, string? IfMatch, Body<UpdateRoles> Body) : ICommand<User>, IHasBody, IUserRequest
{
    public Error? BodyError => Body.Error;
}

internal sealed class SetUserRolesValidator : AbstractValidator<SetUserRolesCommand>
{
    public SetUserRolesValidator() => RuleFor(command => command.Body.Value).SetValidator(new UpdateRolesValidator()).OverridePropertyName("");
}

internal sealed class SetUserRolesAuthorizer(UserResolver users) : ReadableUserAuthorizer<SetUserRolesCommand>(users);

internal sealed class SetUserRolesHandler(Db db, UserResolver users, ICaller caller, IRoleAssignment assignment, UserAnswers answers, AuditTrail audit)
    : ICommandHandler<SetUserRolesCommand, User>
{
    public async Task<Result<User>> Handle(SetUserRolesCommand request, CancellationToken cancellationToken)
    {
        if (await users.FindReadableAsync(request.User, cancellationToken) is not { Deleted: false } user
            || await db.SingleOrDefaultAsync<StoredRoles>(Lock, new { id = user.Id }, cancellationToken) is not { } stored)
            return Error.UserNotFound;
        if (user.Id == caller.UserId)
            return Error.BadRequest("You cannot change your own roles.", "Another user with the right to do so must change them.");

        var wanted = request.Body.Value.Roles!.Where(role => role != "member").Distinct(StringComparer.Ordinal).ToArray();
        if (assignment.CheckSite(caller.Subject, stored.SiteRoles, wanted) is { } refusal)
            return refusal;
        if (IfMatch.Check(request.IfMatch, RoleTag.Of(stored.SiteRoles)) is { } stale)
            return stale;

        await db.ExecuteAsync(Update, new { id = user.Id, roles = wanted }, cancellationToken);
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, Before: new { Roles = stored.SiteRoles }, After: new { Roles = wanted }));
        return (await answers.FindAsync(user.Id, cancellationToken))!;
    }

    private sealed class StoredRoles
    {
        public string[] SiteRoles { get; init; } = [];
    }

    private const string Lock =
        """
        select site_roles
        from members.users
        where id = @id and not deleted
        for update
        """;

    private const string Update =
        """
        update members.users
        set site_roles = @roles
        where id = @id
        """;
}
