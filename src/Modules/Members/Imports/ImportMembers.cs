using Microsoft.AspNetCore.Mvc;
using Monolith.Members.Directory;
using Monolith.Roles.Contracts;

namespace Monolith.Members.Imports;

internal sealed class ImportMembersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/organizations/{organization}/members/import",
            (string organization, ImportBody body, [FromQuery(Name = "dry_run")] string? dryRun) =>
                new ImportResult(body, dryRun, organization, (rows, planned) => new ImportMembersCommand(organization, rows, planned)))
        .For<ImportMembersCommand>("import-organization-members", "Adds the people of a file to an organization, up to 100,000 of them; whoever has no account gets one where the caller may create users.")
        .WithDescription($"{ImportBody.Description} Roles are those of the organization; the column organizations means nothing here.")
        .WithMetadata(new OffersLines())
        .Produces<ImportReport>()
        .Fails(400, 415, 429);
}

/// <summary>One batch. <paramref name="Planned"/> is what a dry run has seen so far; null when people are added.</summary>
[RequiresPermission(ResourceType.OrganizationMember, PermissionAction.Create, HideRefusal = true)]
[RequiresPermission(ResourceType.AssignOrgRole, PermissionAction.Assign, HideRefusal = true)]
[RequiresPermissionInHandler(ResourceType.User, PermissionAction.Read, PermissionAction.Create)]
[NothingToValidate("Rows are refused one by one.")]
internal sealed record ImportMembersCommand(string Organization, IReadOnlyList<ImportRow> Rows, KnownAccounts? Planned) : ICommand<IReadOnlyList<ImportRowResult>>, IOrganizationRequest;

internal sealed class ImportMembersHandler(AccountImporter importer, MemberJoins joins, MembershipRules rules, CurrentOrganization organization, ImportAccess access)
    : ICommandHandler<ImportMembersCommand, IReadOnlyList<ImportRowResult>>
{
    private static readonly FieldError Absent = new("email", "There is no such user, and you may not create one.");

    public async Task<Result<IReadOnlyList<ImportRowResult>>> Handle(ImportMembersCommand request, CancellationToken cancellationToken)
    {
        if (rules.RefuseRoles(organization.Value) is { } refusal)
            return refusal;
        var known = await importer.FindAsync(request.Rows, request.Planned, cancellationToken);
        var mayCreate = access.MayCreate;
        var members = await joins.MembersAmongAsync(request.Rows.Select(Find).OfType<KnownAccount>().Select(account => account.Id), cancellationToken);
        var (results, planned, joining) = (new List<ImportRowResult>(), new List<PlannedAccount>(), new Dictionary<Guid, (KnownAccount Account, string[] Roles)>());
        foreach (var row in request.Rows)
            results.Add(await PlanAsync(row));
        if (request.Planned is not null)
            return results;

        var lost = planned.Count == 0 ? new HashSet<Guid>() : await importer.StoreAsync(planned, cancellationToken);
        ImportUsersHandler.Blame(results, planned, lost);
        await joins.AddAsync([.. joining.Values.Where(one => !lost.Contains(one.Account.Id))], cancellationToken);
        return results;

        KnownAccount? Find(ImportRow row) =>
            row.Fault is null && known.Find(row.Email, row.Username, row.ServiceAccount) is { } account && access.Sees(account.Id) ? account : null;

        async Task<ImportRowResult> PlanAsync(ImportRow row)
        {
            if (row.Fault is { } fault)
                return ImportRowResult.Failed(row, fault);
            var account = Find(row);
            if (account is not null && (members.Contains(account.Id) || joining.ContainsKey(account.Id)))
                return new ImportRowResult(row.Number, ImportOutcome.Unchanged, account.Username, account.Id);
            if (account is null && !mayCreate)
                return ImportRowResult.Failed(row, Absent);
            if (await joins.RefuseAsync(account?.Id, row.Roles, cancellationToken) is { } role)
                return ImportRowResult.Failed(row, new FieldError("roles", role.Detail ?? role.Message));
            if (account is not null)
            {
                joining[account.Id] = (account, MemberJoins.Stored(row.Roles));
                return new ImportRowResult(row.Number, ImportOutcome.Added, account.Username, account.Id);
            }

            var plan = await importer.PlanAsync(row, known, organization.Value, cancellationToken);
            if (!plan.IsSuccess)
                return ImportRowResult.Failed(row, plan.Error);
            planned.Add(plan.Value);
            var user = plan.Value.User;
            joining[user.Id] = (known.Named(user.Username)!, MemberJoins.Stored(row.Roles));
            return new ImportRowResult(row.Number, ImportOutcome.Created, user.Username, request.Planned is null ? user.Id : null);
        }
    }
}

/// <summary>Memberships of the organization of the request, with roles, many at once. Scoped.</summary>
internal sealed class MemberJoins(IMembershipWriter memberships, IRoleAssignment assignment, CurrentOrganization organization, ICaller caller, AuditTrail audit)
{
    private readonly Dictionary<string, Error?> _asked = new(StringComparer.Ordinal);

    public static string[] Stored(IReadOnlyList<string> roles) => [.. roles.Where(role => role != RoleName.OrganizationMember).Distinct(StringComparer.Ordinal)];

    public async Task<IReadOnlySet<Guid>> MembersAmongAsync(IEnumerable<Guid> ids, CancellationToken cancellationToken) =>
        (await memberships.MembersAmongAsync(organization.Id, [.. ids.Distinct()], cancellationToken)).ToHashSet();

    /// <summary>Null when these roles may be given to a new member. Roles are asked about once.</summary>
    public async Task<Error?> RefuseAsync(Guid? userId, IReadOnlyList<string> roles, CancellationToken cancellationToken)
    {
        var wanted = Stored(roles);
        if (wanted.Length == 0)
            return null;
        if (userId == caller.UserId)
            return Error.BadRequest("You cannot change your own organization roles.");
        var key = string.Join(' ', wanted.Order(StringComparer.Ordinal));
        return _asked.TryGetValue(key, out var asked) ? asked : _asked[key] = await assignment.CheckOrganizationAsync(caller.Subject, organization.Id, [], wanted, cancellationToken);
    }

    /// <summary>Adds those who are no members yet, and gives all of them their roles. Whoever became a member at this moment by another way stays as they are.</summary>
    public async Task AddAsync(IReadOnlyList<(KnownAccount Account, string[] Roles)> joining, CancellationToken cancellationToken)
    {
        if (joining.Count == 0)
            return;
        await memberships.InsertAsync(organization.Id, [.. joining.Select(one => one.Account.Id)], cancellationToken);
        foreach (var (account, roles) in joining)
        {
            if (roles.Length > 0)
                await memberships.SetRolesAsync(organization.Id, account.Id, [], roles, cancellationToken);
            audit.Record(new AuditEntry(AuditAction.Create, "organization_member", account.Id, account.Username, organization.Id, After: new { UserId = account.Id, OrganizationId = organization.Id, Roles = roles }));
        }
    }
}
