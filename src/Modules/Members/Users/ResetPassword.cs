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

internal sealed class ResetPasswordHandler(INamedAccounts accounts, IUserWriter writer, PasswordCheck passwords, AuditTrail audit) : ICommandHandler<ResetPasswordCommand, OwnerAccount>
{
    public async Task<Result<OwnerAccount>> Handle(ResetPasswordCommand request, CancellationToken cancellationToken)
    {
        if (await accounts.LockAsync(request.User, cancellationToken) is not { } user)
            return Error.NotFound with { Message = "There is no such user.", Detail = "Name them by username, e-mail address or uuid." };
        audit.Record(new AuditEntry(AuditAction.Write, "user", user.Id, user.Username, After: new { HashedPassword = AuditSecret.Changed, By = "monolith owner reset-password" }, SuccessStatus: 204));
        if (user.LoginType != LoginType.Password)
            return Error.BadRequest("This account does not sign in with a password.");

        await writer.SetPasswordAsync(user.Id, passwords.Hash(request.Password), cancellationToken);
        return new OwnerAccount(user.Id, user.Username, user.Email, user.Status, user.IsOwner);
    }
}

/// <summary>An account that the operator named.</summary>
internal sealed record NamedAccount(Guid Id, string Username, string Email, string Status, string LoginType, bool IsOwner);

/// <summary>Finds an account by whatever name the operator has for it.</summary>
internal interface INamedAccounts
{
    /// <summary>By username, e-mail address or uuid, locked to the end of the transaction; null when there is none.</summary>
    Task<NamedAccount?> LockAsync(string name, CancellationToken cancellationToken);
}

internal sealed class NamedAccounts(Db<MembersModule> db) : INamedAccounts
{
    public Task<NamedAccount?> LockAsync(string name, CancellationToken cancellationToken) => db.SingleOrDefaultAsync<NamedAccount>(
        Lock,
        new
        {
            id = Guid.TryParseExact(name, "D", out var id) ? id : (Guid?)null,
            username = name.ToLowerInvariant(),
            email = EmailAddress.Fold(name),
        },
        cancellationToken);

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
