using Monolith.Members.Contracts;
using Monolith.Members.Directory;
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

internal sealed class CreateOwnerHandler(ISetUp setUp, OwnerMaker owners, AuditTrail audit)
    : ICommandHandler<CreateOwnerCommand, OwnerAccount>
{
    public async Task<Result<OwnerAccount>> Handle(CreateOwnerCommand request, CancellationToken cancellationToken)
    {
        var wanted = request.Owner;
        await setUp.LockOwnersAsync(cancellationToken);
        var made = await owners.MakeAsync(wanted.Username, wanted.Email, wanted.Name, wanted.Password, cancellationToken);
        if (!made.IsSuccess)
            return made.Error;
        var owner = made.Value.Owner;
        audit.Record(new AuditEntry(
            AuditAction.Create, "user", owner.Id, owner.Username, After: new { owner.Username, owner.Email, Roles = owner.SiteRoles, By = "monolith owner create" }, SuccessStatus: 201));
        return new OwnerAccount(owner.Id, owner.Username, owner.Email, owner.Status, IsOwner: true);
    }
}
