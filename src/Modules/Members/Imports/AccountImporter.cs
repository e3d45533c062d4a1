using Monolith.Members.Directory;
using Monolith.Members.Sessions;
using Monolith.Members.Users;

namespace Monolith.Members.Imports;

/// <summary>A new account that nothing speaks against.</summary>
internal sealed record PlannedAccount(ImportRow Row, NewUser User, IReadOnlyList<Guid> OrganizationIds);

/// <summary>Makes the new accounts of a batch, with the checks of <c>POST /users</c>: many at once in few statements. Scoped, for one batch.</summary>
internal sealed class AccountImporter(IKnownAccountReader reader, AccountChecks checks, IUserWriter users, IMembershipWriter memberships, AuditTrail audit)
{
    /// <summary>The accounts that the rows may mean, beside those that a dry run has planned already.</summary>
    public async Task<KnownAccounts> FindAsync(IReadOnlyList<ImportRow> rows, KnownAccounts? planned, CancellationToken cancellationToken)
    {
        var known = planned ?? new KnownAccounts();
        var accounts = rows.Where(row => row.Fault is null).Select(row => row.ToAccount(false, [])).ToList();
        foreach (var account in await reader.FindAsync(
            [.. accounts.Select(one => EmailAddress.Fold(one.Email ?? "")).Where(IsText).Distinct()],
            [.. accounts.Select(one => (one.Username ?? "").ToLowerInvariant()).Where(IsText).Distinct()],
            cancellationToken))
            known.Add(account);
        return known;
    }

    /// <summary>The account that a row would make, or what is wrong with it. What is planned is known from here on.</summary>
    public async Task<Result<PlannedAccount>> PlanAsync(ImportRow row, KnownAccounts known, OrganizationInfo? only, CancellationToken cancellationToken)
    {
        var planned = await checks.RunAsync(row, known, only, cancellationToken);
        if (planned.IsSuccess)
            known.Add(planned.Value.User);
        return planned;
    }

    /// <summary>Stores them. Answers those whose name or address was taken at this moment; nothing of them is stored.</summary>
    public async Task<IReadOnlySet<Guid>> StoreAsync(IReadOnlyList<PlannedAccount> planned, CancellationToken cancellationToken)
    {
        var made = await users.InsertAllAsync([.. planned.Select(one => one.User)], cancellationToken);
        var stored = planned.Where(one => made.Contains(one.User.Id)).ToList();
        foreach (var joining in stored.SelectMany(one => one.OrganizationIds.Select(id => (OrganizationId: id, UserId: one.User.Id))).GroupBy(one => one.OrganizationId).OrderBy(group => group.Key))
            await memberships.InsertAsync(joining.Key, [.. joining.Select(one => one.UserId)], cancellationToken);
        foreach (var (_, user, organizationIds) in stored)
        {
            audit.Record(new AuditEntry(
                AuditAction.Create, "user", user.Id, user.Username,
                After: new { user.Username, user.Email, user.Name, user.Status, user.LoginType, Roles = user.SiteRoles, user.IsServiceAccount, OrganizationIds = organizationIds }, SuccessStatus: 201));
        }

        return planned.Select(one => one.User.Id).Except(made).ToHashSet();
    }

    // What no account can be called is no parameter either.
    private static bool IsText(string text) => text.Length > 0 && !text.Any(char.IsControl) && !text.Any(char.IsSurrogate);
}

/// <summary>The checks of one new account. What is asked about roles and organizations is asked once a batch. Scoped.</summary>
internal sealed class AccountChecks(NewUserChecks checks, SiteRoleGrant grant, IOrganizationDirectory directory, MembershipRules rules, PasswordCheck passwords)
{
    private static readonly CreateUserValidator Validator = new();
    private static readonly FieldError TakenName = new("username", "Taken.");

    private readonly Dictionary<string, Result<OrganizationInfo>> _organizations = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, Error?> _roles = new(StringComparer.Ordinal);

    public async Task<Result<PlannedAccount>> RunAsync(ImportRow row, KnownAccounts known, OrganizationInfo? only, CancellationToken cancellationToken)
    {
        var account = row.ToAccount(passwords.IsDisabled, only is null ? row.Roles : []);
        var shape = Validator.Validate(new CreateUserCommand(Body<CreateUserRequest>.Of(account)));
        if (!shape.IsValid)
            return Error.Invalid([.. shape.Errors.Select(failure => new FieldError(failure.PropertyName, failure.ErrorMessage))]);
        if (checks.RefuseAlone(account, passwordMayCome: true) is { } refusal)
            return refusal;
        if (known.Named(account.Username) is not null)
            return Error.Invalid([TakenName]);

        var joins = new List<Guid>();
        foreach (var name in only is not null ? [only.Name] : row.Organizations.Count == 0 ? ["default"] : row.Organizations.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            var organization = only is not null ? only : await OrganizationAsync(name, cancellationToken);
            if (!organization.IsSuccess)
                return organization.Error;
            if (!joins.Contains(organization.Value.Id))
                joins.Add(organization.Value.Id);
        }

        if (await RolesAsync(account.SiteRoles, cancellationToken) is { } role)
            return Error.Invalid("roles", role.Detail ?? role.Message);
        var status = string.IsNullOrEmpty(account.UserStatus) ? Contracts.UserStatus.Dormant : account.UserStatus;
        return new PlannedAccount(row, new NewUser(
            Guid.CreateVersion7(), account.Username!, account.Email ?? "", account.Name ?? "", checks.HashOf(account), status, account.EffectiveLoginType, account.SiteRoles, account.IsServiceAccount), joins);
    }

    private async Task<Result<OrganizationInfo>> OrganizationAsync(string name, CancellationToken cancellationToken)
    {
        if (_organizations.TryGetValue(name, out var asked))
            return asked;
        var found = NameRules.IsName(name) || Guid.TryParseExact(name, "D", out _) ? await directory.FindAsync(name, cancellationToken) : null;
        return _organizations[name] = found is null || !rules.Sees(found) ? Error.Invalid("organizations", "There is no such organization.")
            : rules.RefuseAdding(found) is not null ? Error.Invalid("organizations", "You may not add members there.")
            : found;
    }

    private async Task<Error?> RolesAsync(IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var key = string.Join(' ', roles.Order(StringComparer.Ordinal));
        return _roles.TryGetValue(key, out var asked) ? asked : _roles[key] = await grant.RefuseAsync(roles, cancellationToken);
    }
}
