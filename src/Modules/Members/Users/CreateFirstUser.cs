using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using System.Text.Json;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;

namespace Monolith.Members.Users;

internal sealed class CreateFirstUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/first",
            (Body<CreateFirstUserRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateFirstUserCommand(body), ct).Created())
        .For<CreateFirstUserCommand>("create-initial-user", "Creates the first user, who owns the deployment.")
        .PasswordRateLimit()
        .Produces<CreateFirstUserResponse>(201)
        .Fails(409);
}

/// <summary>The owner of a new deployment.</summary>
/// <param name="Email">To sign in with.</param>
/// <param name="Username">Unique.</param>
/// <param name="Name">What people read.</param>
/// <param name="Password">To sign in with.</param>
/// <param name="Trial">Accepted without effect: there are no trials here.</param>
/// <param name="TrialInfo">Accepted without effect.</param>
internal sealed record CreateFirstUserRequest(
    [property: Required] string? Email,
    [property: Required] string? Username,
    string? Name,
    [property: Required] string? Password,
    [property: Description("Accepted without effect: this server has no trials.")] bool? Trial = null,
    [property: Description("Accepted without effect: this server has no trials."), WireType(typeof(object))] JsonElement? TrialInfo = null);

internal sealed record CreateFirstUserResponse(Guid UserId, Guid OrganizationId);

[AllowAnonymousRequest("Nobody can sign in before the first user exists; afterwards it answers 409.")]
internal sealed record CreateFirstUserCommand(Body<CreateFirstUserRequest> Body) : ICommand<CreateFirstUserResponse>;

internal sealed class CreateFirstUserValidator : AbstractValidator<CreateFirstUserCommand>
{
    public CreateFirstUserValidator()
    {
        RuleFor(command => command.Body.Value.Email).EmailAddress().OverridePropertyName("email");
        RuleFor(command => command.Body.Value.Username).Username().OverridePropertyName("username");
        RuleFor(command => command.Body.Value.Name).FullName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.Password).Must(text => !string.IsNullOrEmpty(text)).OverridePropertyName("password").WithMessage("Required.");
    }
}

internal sealed class CreateFirstUserHandler(ISetUp setUp, OwnerMaker owners, AuditTrail audit)
    : ICommandHandler<CreateFirstUserCommand, CreateFirstUserResponse>
{
    public async Task<Result<CreateFirstUserResponse>> Handle(CreateFirstUserCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        if (await setUp.WasDoneAsync(cancellationToken))
            return Error.Conflict("The initial user has already been created.");
        if (PasswordCheck.Weakness(body.Password) is { } weakness)
            return Error.Invalid("password", weakness);

        var made = await owners.MakeAsync(body.Username!, body.Email!, body.Name ?? "", body.Password!, cancellationToken);
        if (!made.IsSuccess)
            return made.Error;
        var (owner, organizationId) = made.Value;
        audit.Record(new AuditEntry(AuditAction.Create, "user", owner.Id, owner.Username, After: new { owner.Username, owner.Email, Roles = owner.SiteRoles }, ActorId: owner.Id, SuccessStatus: 201));
        return new CreateFirstUserResponse(owner.Id, organizationId);
    }
}
