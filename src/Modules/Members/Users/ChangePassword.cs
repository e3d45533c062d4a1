using System.ComponentModel.DataAnnotations;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;

namespace Monolith.Members.Users;

internal sealed class ChangePasswordEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/password",
            (string user, Body<ChangePasswordRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ChangePasswordCommand(user, body), ct).NoContent())
        .For<ChangePasswordCommand>("update-user-password", "Changes the password of a user.")
        .PasswordRateLimit()
        .Produces(204);
}

/// <summary>The old password is needed by those who change their own.</summary>
internal sealed record ChangePasswordRequest(string? OldPassword, [property: Required] string? Password);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.UpdatePersonal)]
internal sealed record ChangePasswordCommand(string User, Body<ChangePasswordRequest> Body) : ICommand, IUserRequest;

internal sealed class ChangePasswordValidator : AbstractValidator<ChangePasswordCommand>
{
    public ChangePasswordValidator()
    {
        RuleFor(command => command.Body.Value.Password).Must(text => !string.IsNullOrEmpty(text)).OverridePropertyName("password").WithMessage("Required.");
        RuleFor(command => command.Body.Value.OldPassword).Must(text => text is null || DisplayText.Length(text) <= 1024).OverridePropertyName("old_password").WithMessage("At most 1024 characters.");
    }
}

internal sealed class ChangePasswordHandler(IAccountGuard guard, IUserWriter writer, IPasswordTries tries, PasswordCheck passwords, AuditTrail audit)
    : ICommandHandler<ChangePasswordCommand, Unit>
{
    public async Task<Result<Unit>> Handle(ChangePasswordCommand request, CancellationToken cancellationToken)
    {
        var locked = await guard.LockAsync(makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        var user = locked.Value.User;
        if (tries.Count("user " + user.Id) is { } tooMany)
            return tooMany;
        audit.Record(new AuditEntry(
            AuditAction.Write, "user", user.Id, user.Username, After: new { HashedPassword = AuditSecret.Changed }, SuccessStatus: StatusCodes.Status204NoContent));
        var account = locked.Value;
        var refusal = account.Denied(PermissionAction.UpdatePersonal, Error.UserNotFound) ?? account.RefuseOwner(ends: false) ?? Refuse(user, account, request.Body.Value);
        if (refusal is not null)
            return refusal;

        await writer.SetPasswordAsync(user.Id, passwords.Hash(request.Body.Value.Password!), cancellationToken);
        return Unit.Value;
    }

    /// <summary>The checks of the members specification 3.8, in its order.</summary>
    private Error? Refuse(UserInfo user, LockedAccount account, ChangePasswordRequest body)
    {
        var hasOld = !string.IsNullOrEmpty(body.OldPassword);
        if (user.LoginType != LoginType.Password)
            return Error.BadRequest("The password can only be changed for the login type password.");
        if (!hasOld && account.IsSelf)
            return Error.BadRequest("Old password is required.") with { Validations = [new FieldError("old_password", "Required.")] };
        if (PasswordCheck.Weakness(body.Password) is { } weakness)
            return Error.Invalid("password", weakness);
        if (hasOld && !passwords.Verify(account.Stored.PasswordHash, body.OldPassword!))
            return Error.Invalid("old_password", "The old password is not right.");
        return passwords.Verify(account.Stored.PasswordHash, body.Password!) ? Error.BadRequest("New password cannot match old password.") : null;
    }
}
