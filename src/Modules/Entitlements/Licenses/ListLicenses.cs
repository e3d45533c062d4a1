using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Licenses;

internal sealed class ListLicensesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/licenses",
            (IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListLicensesQuery(), ct).Ok())
        .For<ListLicensesQuery>("list-licenses", "Lists the licenses that the caller may read, expired ones included.")
        .WithDescription("By id, expired ones included; only those that the caller may read. The token itself is never answered.")
        .Produces<IReadOnlyList<License>>();
}

[RequiresPermissionOnRows(ResourceType.License, PermissionAction.Read)]
internal sealed record ListLicensesQuery : IQuery<IReadOnlyList<License>>;

internal sealed class ListLicensesHandler(Db<EntitlementsModule> db, ICaller caller) : IQueryHandler<ListLicensesQuery, IReadOnlyList<License>>
{
    public async Task<Result<IReadOnlyList<License>>> Handle(ListLicensesQuery request, CancellationToken cancellationToken)
    {
        var rows = await db.QueryAsync<LicenseRow>(Select, null, cancellationToken);
        return Answer([.. rows
            .Where(row => caller.Can(PermissionAction.Read, new ResourceObject(ResourceType.License, row.Uuid)))
            .Select(row => new License(row.Id, row.Uuid, row.UploadedAt, LicenseToken.Payload(row.Jwt)))]);
    }

    private static Result<IReadOnlyList<License>> Answer(List<License> licenses) => licenses;

    private sealed class LicenseRow
    {
        public int Id { get; init; }

        public Guid Uuid { get; init; }

        public DateTimeOffset UploadedAt { get; init; }

        public string Jwt { get; init; } = "";
    }

    private const string Select =
        """
        select id, uuid, uploaded_at, jwt
        from entitlements.licenses
        order by id
        """;
}
