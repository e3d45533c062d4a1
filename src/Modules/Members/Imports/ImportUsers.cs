using Microsoft.AspNetCore.Mvc;

namespace Monolith.Members.Imports;

internal sealed class ImportUsersEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/users/import",
            (ImportBody body, [FromQuery(Name = "dry_run")] string? dryRun) =>
                new ImportResult(body, dryRun, null, (rows, planned) => new ImportUsersCommand(rows, planned)))
        .For<ImportUsersCommand>("import-users", "Creates the accounts of a file, up to 100,000 of them.")
        .WithDescription(ImportBody.Description)
        .WithMetadata(new OffersLines())
        .Produces<ImportReport>()
        .Fails(400, 415, 429);
}

/// <summary>One batch. <paramref name="Planned"/> is what a dry run has seen so far; null when accounts are made.</summary>
[RequiresPermission(ResourceType.User, PermissionAction.Create)]
[RequiresPermission(ResourceType.AssignRole, PermissionAction.Assign)]
[NothingToValidate("Rows are refused one by one.")]
internal sealed record ImportUsersCommand(IReadOnlyList<ImportRow> Rows, KnownAccounts? Planned) : ICommand<IReadOnlyList<ImportRowResult>>;

internal sealed class ImportUsersHandler(AccountImporter importer) : ICommandHandler<ImportUsersCommand, IReadOnlyList<ImportRowResult>>
{
    public async Task<Result<IReadOnlyList<ImportRowResult>>> Handle(ImportUsersCommand request, CancellationToken cancellationToken)
    {
        var known = await importer.FindAsync(request.Rows, request.Planned, cancellationToken);
        var results = new List<ImportRowResult>();
        var planned = new List<PlannedAccount>();
        foreach (var row in request.Rows)
            results.Add(await PlanAsync(row));
        if (request.Planned is null && planned.Count > 0)
            Blame(results, planned, await importer.StoreAsync(planned, cancellationToken));
        return results;

        async Task<ImportRowResult> PlanAsync(ImportRow row)
        {
            if (row.Fault is { } fault)
                return ImportRowResult.Failed(row, fault);
            if (known.Find(row.Email, row.Username, row.ServiceAccount) is { } there)
                return new ImportRowResult(row.Number, ImportOutcome.Unchanged, there.Username, there.Id);
            var account = await importer.PlanAsync(row, known, null, cancellationToken);
            if (!account.IsSuccess)
                return ImportRowResult.Failed(row, account.Error);
            planned.Add(account.Value);
            return new ImportRowResult(row.Number, ImportOutcome.Created, account.Value.User.Username, request.Planned is null ? account.Value.User.Id : null);
        }
    }

    /// <summary>Whoever was not stored failed after all.</summary>
    internal static void Blame(List<ImportRowResult> results, IReadOnlyList<PlannedAccount> planned, IReadOnlySet<Guid> lost)
    {
        if (lost.Count == 0)
            return;
        var rows = planned.Where(one => lost.Contains(one.User.Id)).ToDictionary(one => one.Row.Number, one => one.Row);
        for (var index = 0; index < results.Count; index++)
        {
            if (rows.TryGetValue(results[index].Row, out var row))
                results[index] = ImportRowResult.Failed(row, new FieldError("username", "The username or the e-mail address was taken at this moment."));
        }
    }
}
