using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;

namespace Monolith.Members.Users;

[AllowAnonymousRequest("The operator's program sends it; no route leads here.")]
internal sealed record ResetPasswordCommand(string User, string Password) : ICommand<OwnerAccount>;

internal sealed class ResetPasswordValidator : AbstractValidator<ResetPasswordCommand>
{
    public ResetPasswordValidator() => RuleFor(command => command.Password).StrongPassword();
}

internal sealed class ResetPasswordHandler(Db<MembersModule> db, IUserWriter writer, PasswordCheck passwords, AuditTrail audit) : ICommandHandler<ResetPasswordCommand, OwnerAccount>
{
    public async Task<Result<OwnerAccount>> Handle(ResetPasswordCommand request, CancellationToken cancellationToken)
    {
        var names = new
        {
            id = Guid.TryParseExact(request.User, "D", out var id) ? id : (Guid?)null,
            username = request.User.ToLowerInvariant(),
            email = EmailAddress.Fold(request.User),
        };
        if (await db.SingleOrDefaultAsync<Found>(Lock, names, cancellationToken) is not { } user)
            return Error.NotFound with { Message = "There is no such user.", Detail = "Name them by username, e-mail address or uuid." };
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, After: new { By = "monolith owner reset-password" }, SuccessStatus: 204));
        if (user.LoginType != LoginType.Password)
            return Error.BadRequest("This account does not sign in with a password.");

        await writer.SetPasswordAsync(user.Id, passwords.Hash(request.Password), cancellationToken);
        return new OwnerAccount(user.Id, user.Username, user.Email, user.Status, user.IsOwner);
    }

    private sealed record Found(Guid Id, string Username, string Email, string Status, string LoginType, bool IsOwner);

    private const string Lock =
        """
        select id, username, email, status, login_type, 'owner' = any (site_roles) as is_owner
        from members.users
        where (id = @id or username_folded = @username or (email_folded = @email and email_folded <> ''))
          and not deleted
          and not is_system
        for no key update
        """;
}
