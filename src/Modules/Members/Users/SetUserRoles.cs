using Microsoft.AspNetCore.Mvc;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

internal sealed class SetUserRolesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/roles",
            (string user, [FromHeader(Name = "If-Match")] string? ifMatch, Body<UpdateRoles> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new SetUserRolesCommand(user, ifMatch, body), ct).Ok())
        .For<SetUserRolesCommand>("assign-role-to-user", "Replaces the roles of a user in the deployment.")
        .Produces<User>()
        .Tagged()
        .Fails(412);
}

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.AssignRole, PermissionAction.Assign, PermissionAction.Unassign)]
internal sealed record SetUserRolesCommand(string User, string? IfMatch, Body<UpdateRoles> Body) : ICommand<User>, IUserRequest;

internal sealed class SetUserRolesValidator : AbstractValidator<SetUserRolesCommand>
{
    public SetUserRolesValidator() => RuleFor(command => command.Body.Value).SetValidator(new UpdateRolesValidator()).OverridePropertyName("");
}

internal sealed class SetUserRolesHandler(IAccountGuard guard, IUserWriter writer, IRoleAssignment assignment, UserResponses responses, AuditTrail audit)
    : ICommandHandler<SetUserRolesCommand, User>
{
    public async Task<Result<User>> Handle(SetUserRolesCommand request, CancellationToken cancellationToken)
    {
        var wanted = request.Body.Value.Roles!.Where(role => role != RoleName.Member).Distinct(StringComparer.Ordinal).ToArray();
        var locked = await guard.LockAsync(makesOwner: wanted.Contains(RoleName.Owner), cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        var account = locked.Value;
        var user = account.User;
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, Before: new { Roles = account.Stored.SiteRoles }, After: new { Roles = wanted }));
        if ((Refuse(account, wanted) ?? RoleTag.Check(request.IfMatch, account.Stored.SiteRoles)) is { } refusal)
            return refusal;

        await writer.SetRolesAsync(user.Id, wanted, cancellationToken);
        return (await responses.FindAsync(user.Id, cancellationToken))!;
    }

    private Error? Refuse(LockedAccount account, string[] wanted) =>
        account.IsSelf ? Error.BadRequest("You cannot change your own roles.", "Another user with the right to do so must change them.")
        : account.Denied(PermissionAction.Read, Error.UserNotFound)
            ?? assignment.CheckSite(account.Actor, account.Stored.SiteRoles, wanted)
            ?? account.RefuseOwner(ends: !wanted.Contains(RoleName.Owner));
}
