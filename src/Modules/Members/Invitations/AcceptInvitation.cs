using System.ComponentModel.DataAnnotations;
using Monolith.Members.Contracts;
using Monolith.Members.Sessions;
using Monolith.Members.Users;

namespace Monolith.Members.Invitations;

internal sealed class AcceptInvitationEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/invitations/accept",
            (Body<AcceptInvitationRequest> body, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new AcceptInvitationCommand(body), ct).NoContent())
        .For<AcceptInvitationCommand>("accept-invitation", "Sets the password of the user who was invited, with the token of the link.")
        .PasswordRateLimit()
        .Produces(204);
}

/// <summary>The token of the link, and the password.</summary>
internal sealed record AcceptInvitationRequest([property: Required] string? Token, [property: Required] string? Password);

[AllowAnonymousRequest("Who has the token is the one who was invited.")]
internal sealed record AcceptInvitationCommand(Body<AcceptInvitationRequest> Body) : ICommand;

internal sealed class AcceptInvitationValidator : AbstractValidator<AcceptInvitationCommand>
{
    public AcceptInvitationValidator() => RuleFor(command => command.Body.Value.Password).StrongPassword();
}

internal sealed class AcceptInvitationHandler(IInvitationStore invitations, IUserWriter users, PasswordCheck passwords, TimeProvider clock, AuditTrail audit)
    : ICommandHandler<AcceptInvitationCommand, Unit>
{
    /// <summary>The same whatever is wrong with a token: nobody learns which were good once.</summary>
    private static readonly Error NoMore = Error.BadRequest("The invitation is not valid any more.", "It works once and ends after a time. Ask for a new one.");

    public async Task<Result<Unit>> Handle(AcceptInvitationCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        if (passwords.IsDisabled)
            return PasswordCheck.Disabled;
        if (!ApiKeyToken.TryParse(body.Token ?? "", out var token) || await invitations.LockAsync(token.Id, cancellationToken) is not { } invitation || !token.Matches(invitation.SecretHash))
            return NoMore;
        audit.Record(new AuditEntry(
            AuditAction.Write, "user", invitation.UserId, invitation.Username, After: new { HashedPassword = AuditSecret.Changed, By = "invitation" }, ActorId: invitation.UserId, SuccessStatus: StatusCodes.Status204NoContent));
        if (invitation.ExpiresAt <= clock.GetUtcNow() || invitation is { Status: UserStatus.Suspended } or { LoginType: not LoginType.Password })
            return NoMore;
        await users.SetPasswordAsync(invitation.UserId, passwords.Hash(body.Password!), cancellationToken);
        await invitations.RemoveAsync(invitation.UserId, cancellationToken);
        return Unit.Value;
    }
}
