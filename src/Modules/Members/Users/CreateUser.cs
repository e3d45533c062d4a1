using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

internal sealed class CreateUserEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users",
            (Body<CreateUserRequest> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new CreateUserCommand(body), ct).Created())
        .For<CreateUserCommand>("create-user", "Creates a user or a service account and adds it to organizations.")
        .Produces<User>(201)
        .Tagged()
        .Fails(404, 409);
}

/// <summary>A new account.</summary>
/// <param name="Email">Unique; none for service accounts.</param>
/// <param name="Username">Unique.</param>
/// <param name="Name">What people read.</param>
/// <param name="Password">For the login type password.</param>
/// <param name="LoginType">password when empty; none; github, which nobody can sign in with yet. oidc is refused until it can be configured.</param>
/// <param name="UserStatus">dormant when empty.</param>
/// <param name="OrganizationIds">Where to join; the nil uuid is the default organization.</param>
/// <param name="ServiceAccount">For a program: login type none, without password and e-mail address.</param>
/// <param name="OrganizationId">Of older clients: one more organization to join.</param>
/// <param name="DisableLogin">Of older clients: true means login type none.</param>
/// <param name="Roles">Site roles, with the checks of giving roles.</param>
internal sealed record CreateUserRequest(
    string? Email,
    [property: Required] string? Username,
    string? Name,
    string? Password,
    [property: OneOf(typeof(LoginType))] string? LoginType,
    [property: OneOf(typeof(UserStatus))] string? UserStatus,
    IReadOnlyList<Guid>? OrganizationIds,
    bool? ServiceAccount,
    Guid? OrganizationId = null,
    bool? DisableLogin = null,
    IReadOnlyList<string>? Roles = null)
{
    [JsonIgnore]
    public bool IsServiceAccount => ServiceAccount == true;

    [JsonIgnore]
    public string EffectiveLoginType =>
        IsServiceAccount ? Contracts.LoginType.None
        : !string.IsNullOrEmpty(LoginType) ? LoginType
        : DisableLogin == true ? Contracts.LoginType.None
        : Contracts.LoginType.Password;

    /// <summary>Beside a list the nil uuid is what older clients send for nothing; alone it is the default organization.</summary>
    [JsonIgnore]
    public IReadOnlyList<Guid> Organizations => (OrganizationIds ?? [], OrganizationId) switch
    {
        ({ Count: 0 }, { } one) => [one],
        (var list, null) => list,
        (var list, { } one) => one == Guid.Empty ? list : [.. list, one],
    };

    [JsonIgnore]
    public IReadOnlyList<string> SiteRoles => [.. (Roles ?? []).Where(role => role != RoleName.Member).Distinct(StringComparer.Ordinal)];
}

[RequiresPermission(ResourceType.User, PermissionAction.Create)]
[RequiresPermission(ResourceType.AssignRole, PermissionAction.Assign)]
internal sealed record CreateUserCommand(Body<CreateUserRequest> Body) : ICommand<User>;

internal sealed class CreateUserValidator : AbstractValidator<CreateUserCommand>
{
    public CreateUserValidator()
    {
        RuleFor(command => command.Body.Value.Email).EmailAddress().OverridePropertyName("email")
            .When(command => !command.Body.Value.IsServiceAccount);
        RuleFor(command => command.Body.Value.Username).Username().OverridePropertyName("username");
        RuleFor(command => command.Body.Value.Name).FullName().OverridePropertyName("name");
        RuleFor(command => command.Body.Value.UserStatus).Must(text => string.IsNullOrEmpty(text) || UserStatus.All.Contains(text))
            .OverridePropertyName("user_status").WithMessage("Must be active, dormant or suspended.");
        RuleFor(command => command.Body.Value.OrganizationIds).Must(ids => ids is null || ids.Count <= 100)
            .OverridePropertyName("organization_ids").WithMessage("At most 100.");
        RuleFor(command => command.Body.Value.Roles).RoleNames().OverridePropertyName("roles");
        RuleFor(command => command.Body.Value.DisableLogin)
            .Must((command, off) => off != true || command.Body.Value.EffectiveLoginType == LoginType.None)
            .OverridePropertyName("disable_login").WithMessage("Contradicts the login type.");
    }
}

internal sealed class CreateUserHandler(
    IUserWriter users,
    NewUserChecks checks,
    IMembershipWriter memberships,
    UserResponses responses,
    AuditTrail audit)
    : ICommandHandler<CreateUserCommand, User>
{
    public async Task<Result<User>> Handle(CreateUserCommand request, CancellationToken cancellationToken)
    {
        var body = request.Body.Value;
        var organizations = await checks.RunAsync(body, cancellationToken);
        if (!organizations.IsSuccess)
            return organizations.Error;

        var user = new NewUser(
            Guid.CreateVersion7(),
            body.Username!,
            body.Email ?? "",
            body.Name ?? "",
            checks.HashOf(body),
            string.IsNullOrEmpty(body.UserStatus) ? UserStatus.Dormant : body.UserStatus,
            body.EffectiveLoginType,
            body.SiteRoles,
            body.IsServiceAccount);
        if (await users.InsertAsync(user, cancellationToken) is { } taken)
            return taken;
        foreach (var organizationId in organizations.Value)
            await memberships.InsertAsync(organizationId, user.Id, cancellationToken);

        var answer = (await responses.FindAsync(user.Id, cancellationToken))!;
        audit.Record(new AuditEntry(AuditAction.Create, "user", user.Id, user.Username, After: answer, SuccessStatus: 201));
        return answer;
    }
}
