using Monolith.Entitlements.Contracts;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Users;

/// <summary>The checks of a new account, in the order of the members specification 3.3, for somebody who may create users, and so may read all of them.</summary>
internal sealed class NewUserChecks(
    IFeatureGate features, IUserWriter users, IOrganizationDirectory directory, MembershipRules rules, PasswordCheck passwords, SiteRoleGrant roles)
{
    public string HashOf(CreateUserRequest body) => string.IsNullOrEmpty(body.Password) ? "" : passwords.Hash(body.Password);

    /// <summary>The organizations to join, or what is wrong.</summary>
    public async Task<Result<IReadOnlyList<Guid>>> RunAsync(CreateUserRequest body, CancellationToken cancellationToken)
    {
        if (RefuseShape(body) is { } shape)
            return shape;
        if (body.Organizations.Count == 0)
            return Error.Invalid("organization_ids", "At least one organization is required.");
        if (await users.FindTakenAsync(body.Username!, body.Email ?? "", cancellationToken) is { } taken)
            return taken;

        var organizations = new List<OrganizationInfo>();
        foreach (var id in body.Organizations.Distinct())
        {
            var found = await directory.FindAsync(id == Guid.Empty ? "default" : id.ToString("D"), cancellationToken);
            if (found is null || !rules.Sees(found))
                return Error.NotFound;
            if (!organizations.Exists(known => known.Id == found.Id))
                organizations.Add(found);
        }

        if (RefuseAccount(body) is { } refusal)
            return refusal;
        if (!organizations.TrueForAll(organization => rules.RefuseAdding(organization) is null))
            return Error.Forbidden;
        return await roles.RefuseAsync(body.SiteRoles, cancellationToken) is { } role ? role : organizations.ConvertAll(organization => organization.Id);
    }

    /// <summary>What is wrong with an account whoever else there is.</summary>
    /// <param name="body">The account.</param>
    /// <param name="passwordMayCome">An account for the login type password may begin without one.</param>
    public Error? RefuseAlone(CreateUserRequest body, bool passwordMayCome) =>
        RefuseShape(body) ?? (passwordMayCome && body.EffectiveLoginType == LoginType.Password && string.IsNullOrEmpty(body.Password) ? null : RefuseAccount(body));

    private Error? RefuseShape(CreateUserRequest body)
    {
        if (body.IsServiceAccount)
        {
            if (features.Check(FeatureNames.ServiceAccounts) is { } unlicensed)
                return unlicensed;
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
        LoginType.Password or LoginType.None or LoginType.Github => null,
        LoginType.Oidc => Error.Invalid("login_type", "No identity provider is configured.") with { Message = "This login type is not configured.", Detail = "oidc needs an identity provider, which this server cannot be given yet." },
        _ => Error.Invalid("login_type", "Must be password, none or github."),
    };
}

/// <summary>Whether the caller may give site roles to an account that is being made.</summary>
internal sealed class SiteRoleGrant(IAccountGuard guard, IRoleAssignment assignment, ICaller caller)
{
    /// <summary>Null when all may be given. From an owner on nobody else changes owners until the transaction ends.</summary>
    public async Task<Error?> RefuseAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        if (roles.Count == 0)
            return null;
        if (!roles.Contains(RoleName.Owner))
            return assignment.CheckSite(caller.Subject, [], roles);
        var actor = await guard.LockOwnersAsync(cancellationToken);
        return actor.IsSuccess ? assignment.CheckSite(actor.Value, [], roles) : actor.Error;
    }
}
