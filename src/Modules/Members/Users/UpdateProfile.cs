using System.ComponentModel.DataAnnotations;
using Monolith.Members.Directory;

namespace Monolith.Members.Users;

internal sealed class UpdateProfileEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/users/{user}/profile",
            (string user, Body<UpdateProfileRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UpdateProfileCommand(user, body), ct).Ok())
        .For<UpdateProfileCommand>("update-user-profile", "Replaces the username, the name and the picture of a user.")
        .Produces<User>()
        .Tagged()
        .Fails(409);
}

/// <summary>What replaces the stored profile.</summary>
/// <param name="Username">Required.</param>
/// <param name="Name">Becomes empty when it is left out.</param>
/// <param name="AvatarUrl">Stays when it is left out; empty clears it.</param>
internal sealed record UpdateProfileRequest([property: Required] string? Username, string? Name, string? AvatarUrl = null);

[RequiresPermissionOnUser(ResourceType.User, PermissionAction.Read)]
[RequiresPermissionInHandler(ResourceType.User, PermissionAction.UpdatePersonal, HideRefusal = true)]
internal sealed record UpdateProfileCommand(string User, Body<UpdateProfileRequest> Body) : ICommand<User>, IUserRequest;

internal sealed class UpdateProfileValidator : AbstractValidator<UpdateProfileCommand>
{
    public UpdateProfileValidator()
    {
        RuleFor(command => command.Body.Value.Username).Username().OverridePropertyName("username");
        RuleFor(command => command.Body.Value.Name).FullName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.AvatarUrl).AvatarUrl().OverridePropertyName("avatar_url");
    }
}

internal sealed class UpdateProfileHandler(CurrentUser target, IUserWriter writer, ICaller caller, UserResponses responses, AuditTrail audit)
    : ICommandHandler<UpdateProfileCommand, User>
{
    public async Task<Result<User>> Handle(UpdateProfileCommand request, CancellationToken cancellationToken)
    {
        var user = target.Value;
        var body = request.Body.Value;
        var mayRename = caller.Can(PermissionAction.Update, ResourceObject.User(user.Id));
        var before = caller.Can(PermissionAction.UpdatePersonal, ResourceObject.User(user.Id))
            ? await writer.UpdateProfileAsync(user.Id, new Profile(body.Username!, body.Name ?? "", body.AvatarUrl), mayRename, cancellationToken)
            : Error.UserNotFound;
        audit.Record(new AuditEntry(
            AuditAction.Write, "user", user.Id, user.Username, Before: before.Match<object?>(profile => profile, _ => null), After: new { body.Username, body.Name, body.AvatarUrl }));
        return before.IsSuccess ? (await responses.FindAsync(user.Id, cancellationToken))! : before.Error;
    }
}
