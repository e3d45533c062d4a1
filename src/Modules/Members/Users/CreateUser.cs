using System.Text.Json.Serialization;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;

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
        .Fails(404, 409);
}

internal sealed record CreateUserRequest(
    string? Email,
    string? Username,
    string? Name,
    string? Password,
    string? LoginType,
    string? UserStatus,
    IReadOnlyList<Guid>? OrganizationIds,
    bool? ServiceAccount)
{
    [JsonIgnore]
    public bool IsServiceAccount => ServiceAccount == true;

    [JsonIgnore]
    public string EffectiveLoginType => IsServiceAccount ? Contracts.LoginType.None : string.IsNullOrEmpty(LoginType) ? Contracts.LoginType.Password : LoginType;
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
            [],
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

/// <summary>The checks of a new account, in the order of the members specification 3.3, for somebody who may create users, and so may read all of them.</summary>
internal sealed class NewUserChecks(IUserWriter users, IOrganizationDirectory directory, ICaller caller, MembershipRules rules, PasswordCheck passwords)
{
    public string HashOf(CreateUserRequest body) => string.IsNullOrEmpty(body.Password) ? "" : passwords.Hash(body.Password);

    /// <summary>The organizations to join, or what is wrong.</summary>
    public async Task<Result<IReadOnlyList<Guid>>> RunAsync(CreateUserRequest body, CancellationToken cancellationToken)
    {
        if (RefuseShape(body) is { } shape)
            return shape;
        if (body.OrganizationIds is null or { Count: 0 })
            return Error.Invalid("organization_ids", "At least one organization is required.");
        if (await users.FindTakenAsync(body.Username!, body.Email ?? "", cancellationToken) is { } taken)
            return taken;

        var organizations = new List<OrganizationInfo>();
        foreach (var id in body.OrganizationIds.Distinct())
        {
            var found = await directory.FindAsync(id == Guid.Empty ? "default" : id.ToString("D"), cancellationToken);
            if (found is null || !caller.Can(PermissionAction.Read, ResourceObject.Organization(found.Id)))
                return Error.NotFound;
            if (!organizations.Exists(known => known.Id == found.Id))
                organizations.Add(found);
        }

        if (RefuseAccount(body) is { } refusal)
            return refusal;
        if (!organizations.TrueForAll(organization => rules.RefuseAdding(organization) is null))
            return Error.Forbidden;
        return organizations.ConvertAll(organization => organization.Id);
    }

    private Error? RefuseShape(CreateUserRequest body)
    {
        if (body.IsServiceAccount)
        {
            if (!string.IsNullOrEmpty(body.LoginType) && body.LoginType != LoginType.None)
                return Error.BadRequest("Service accounts must use login type 'none'.");
            if (!string.IsNullOrEmpty(body.Password))
                return Error.BadRequest("Password cannot be set for service accounts.");
            if (!string.IsNullOrEmpty(body.Email))
                return Error.BadRequest("Email cannot be set for service accounts.");
            return null;
        }

        if (!string.IsNullOrEmpty(body.Password) && body.EffectiveLoginType != LoginType.Password)
            return Error.BadRequest("A password can only be set for the login type password.");
        return body.EffectiveLoginType == LoginType.Password && passwords.IsDisabled ? PasswordCheck.Disabled : null;
    }

    private static Error? RefuseAccount(CreateUserRequest body) => body.EffectiveLoginType switch
    {
        LoginType.Password when PasswordCheck.Weakness(body.Password) is { } weakness => Error.Invalid("password", weakness),
        LoginType.Password or LoginType.None => null,
        LoginType.Oidc or LoginType.Github => Error.BadRequest("This login type is not configured."),
        _ => Error.Invalid("login_type", "Must be password or none."),
    };
}
