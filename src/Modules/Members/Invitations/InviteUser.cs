using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;

namespace Monolith.Members.Invitations;

internal sealed class InviteUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/{user}/invitation",
            (string user, HttpRequest request, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new InviteUserCommand(user, request.Address()), ct).Created())
        .For<InviteUserCommand>("invite-user", "Sends a user a link by e-mail, by which they choose a password, once.")
        .WithDescription("A link that was sent before is good no more. It needs a mail server, and an account with the login type password.")
        .Produces<Invitation>(201)
        .Fails(400);
}

/// <summary>A link that is on its way. Nobody but its user gets to see it.</summary>
/// <param name="UserId">To whom.</param>
/// <param name="ExpiresAt">Until when it is good, unless it is used before.</param>
internal sealed record Invitation(Guid UserId, DateTimeOffset ExpiresAt);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.UpdatePersonal)]
[NothingToValidate("The address is that of the request.")]
internal sealed record InviteUserCommand(string User, string Site) : ICommand<Invitation>, IUserRequest;

internal sealed class InviteUserHandler(IAccountGuard guard, IInvitationStore invitations, InvitationLetter letter, TimeProvider clock, AuditTrail audit)
    : ICommandHandler<InviteUserCommand, Invitation>
{
    public async Task<Result<Invitation>> Handle(InviteUserCommand request, CancellationToken cancellationToken)
    {
        var locked = await guard.LockAsync(makesOwner: false, cancellationToken);
        if (!locked.IsSuccess)
            return locked.Error;
        var account = locked.Value;
        var user = account.User;
        var now = clock.GetUtcNow();
        var invitation = new Invitation(user.Id, now + letter.Lifetime);
        audit.Record(new AuditEntry(AuditAction.Create, "invitation", user.Id, user.Username, After: new { invitation.ExpiresAt }, SuccessStatus: StatusCodes.Status201Created));
        var refusal = account.Denied(PermissionAction.UpdatePersonal, Error.UserNotFound) ?? account.RefuseOwner(ends: false) ?? letter.Refuse() ?? Refuse(account);
        if (refusal is not null)
            return refusal;

        var token = ApiKeyToken.Generate();
        var address = await invitations.KeepAsync(user.Id, token, now, invitation.ExpiresAt, cancellationToken);
        await letter.SendAsync(user, address, token, invitation.ExpiresAt, request.Site, cancellationToken);
        return invitation;
    }

    private static Error? Refuse(LockedAccount account) => account switch
    {
        { IsSelf: true } => Error.BadRequest("You change your own password with the old one."),
        { User.LoginType: not LoginType.Password } => Error.BadRequest("Only users with the login type password can be invited."),
        { Stored.Status: UserStatus.Suspended } => Error.BadRequest("A suspended user cannot be invited."),
        _ => null,
    };
}
