namespace Monolith.ModuleName.RoomName;

internal sealed class SliceNameEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet("/schema_name/operation-name/{id}", (Guid id, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new SliceNameQuery(id), ct).Ok())
        .For<SliceNameQuery>("operation-name", "Answers one row.")
        .Produces<SliceNameResponse>()
        .Fails(404);
}

[RequiresPermission(ResourceName, PermissionAction.Read)]
[NothingToValidate("An id of nothing is simply not found.")]
internal sealed record SliceNameQuery(Guid Id) : IQuery<SliceNameResponse>;

internal sealed record SliceNameResponse(Guid Id);

internal sealed class SliceNameHandler(IReadStore<RowName> rows) : IQueryHandler<SliceNameQuery, SliceNameResponse>
{
    public async Task<Result<SliceNameResponse>> Handle(SliceNameQuery request, CancellationToken cancellationToken) =>
        await rows.SingleOrDefaultAsync(new SliceNameRow(request.Id), cancellationToken) is { } row ? new SliceNameResponse(row.Id) : Error.NotFound;
}

/// <summary>The row with this id.</summary>
internal sealed class SliceNameRow : SingleResultSpecification<RowName>
{
    public SliceNameRow(Guid id) => Query.Where(row => row.Id == id);
}
