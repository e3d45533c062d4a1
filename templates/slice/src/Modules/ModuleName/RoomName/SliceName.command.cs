namespace Monolith.ModuleName.RoomName;

internal sealed class SliceNameEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPut(
            "/schema_name/operation-name/{id}",
            (Guid id, Body<SliceNameRequest> body, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new SliceNameCommand(id, body), ct).NoContent())
        .For<SliceNameCommand>("operation-name", "Changes the title of one row.")
        .Produces(204)
        .Fails(404);
}

/// <summary>The new title: 1 to 128 characters on one line.</summary>
internal sealed record SliceNameRequest(string? Title);

[RequiresPermission(ResourceName, PermissionAction.Create)]
internal sealed record SliceNameCommand(Guid Id, Body<SliceNameRequest> Body) : ICommand;

internal sealed class SliceNameValidator : AbstractValidator<SliceNameCommand>
{
    public SliceNameValidator()
    {
        RuleFor(command => command.Body.Value.Title).Must(title => !string.IsNullOrWhiteSpace(title) && DisplayText.Length(title) <= 128)
            .WithMessage("Must be 1 to 128 characters.").OverridePropertyName("title");
        RuleFor(command => command.Body.Value.Title).PlainText().OverridePropertyName("title");
    }
}

internal sealed class SliceNameHandler(ISliceNameWriter rows, AuditTrail audit) : ICommandHandler<SliceNameCommand, Unit>
{
    public async Task<Result<Unit>> Handle(SliceNameCommand request, CancellationToken cancellationToken)
    {
        var title = request.Body.Value.Title!;
        if (!await rows.UpdateAsync(request.Id, title, cancellationToken))
            return Error.NotFound;
        audit.Record(new AuditEntry(AuditAction.Write, "schema_name", request.Id, title, SuccessStatus: 204));
        return Unit.Value;
    }
}

/// <summary>Writes what the command changes. Its test replaces it.</summary>
internal interface ISliceNameWriter
{
    /// <summary>False when there is no such row.</summary>
    Task<bool> UpdateAsync(Guid id, string title, CancellationToken cancellationToken);
}

internal sealed class SliceNameWriter(Db<ModuleNameModule> db) : ISliceNameWriter
{
    public async Task<bool> UpdateAsync(Guid id, string title, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(UpdateTitle, new { id, title }, cancellationToken) == 1;

    private const string UpdateTitle =
        """
        update schema_name.table_name
        set title = @title
        where id = @id
        """;
}
