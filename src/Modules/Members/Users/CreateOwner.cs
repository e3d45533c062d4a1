using Monolith.Members.Contracts;
using Monolith.Members.Memberships;
using Monolith.Members.Sessions;

namespace Monolith.Members.Users;

[AllowAnonymousRequest("The operator's program sends it; no route leads here.")]
internal sealed record CreateOwnerCommand(NewOwner Owner) : ICommand<OwnerAccount>;

internal sealed class CreateOwnerValidator : AbstractValidator<CreateOwnerCommand>
{
    public CreateOwnerValidator()
    {
        RuleFor(command => command.Owner.Email).EmailAddress().OverridePropertyName("email");
        RuleFor(command => command.Owner.Username).Username().OverridePropertyName("username");
        RuleFor(command => command.Owner.Name).FullName().OverridePropertyName("name");
        RuleFor(command => command.Owner.Password).StrongPassword();
    }
}

internal sealed class CreateOwnerHandler(Db<MembersModule> db, DefaultOrganization organization, UserWriter users, MembershipWriter memberships, PasswordCheck passwords, AuditTrail audit)
    : ICommandHandler<CreateOwnerCommand, OwnerAccount>
{
    public async Task<Result<OwnerAccount>> Handle(CreateOwnerCommand request, CancellationToken cancellationToken)
    {
        var wanted = request.Owner;
        var organizationId = await organization.EnsureAsync(cancellationToken);
        await db.ExecuteAsync(Owners.Lock, null, cancellationToken);
        var owner = new NewUser(
            Guid.CreateVersion7(), wanted.Username, wanted.Email, wanted.Name, passwords.Hash(wanted.Password), "active", "password", [Owners.Role], false);
        if (await users.InsertAsync(owner, cancellationToken) is { } taken)
            return taken;
        await memberships.InsertAsync(organizationId, owner.Id, cancellationToken);
        audit.Record(new AuditEntry(
            AuditAction.Create, "user", owner.Id, owner.Username, After: new { owner.Username, owner.Email, Roles = owner.SiteRoles, By = "monolith owner create" }, SuccessStatus: 201));
        return new OwnerAccount(owner.Id, owner.Username, owner.Email, owner.Status, IsOwner: true);
    }
}
