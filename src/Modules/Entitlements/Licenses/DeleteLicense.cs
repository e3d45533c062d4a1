using System.Globalization;
using Monolith.Entitlements.Contracts;

namespace Monolith.Entitlements.Licenses;

internal sealed class DeleteLicenseEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapDelete(
            "/licenses/{id}",
            (string id, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new DeleteLicenseCommand(id), ct).With(_ => TypedResults.Ok()))
        .For<DeleteLicenseCommand>("delete-license", "Deletes a license.")
        .WithDescription("What it granted ends before the answer, and at once on every other replica. An id that is no integer of 32 bits is 404 too.")
        .Produces(StatusCodes.Status200OK)
        .Fails(404);
}

[RequiresPermission(ResourceType.License, PermissionAction.Delete)]
[NothingToValidate("An id that is no number is a license that does not exist: 404.")]
internal sealed record DeleteLicenseCommand(string Id) : ICommand;

internal sealed class DeleteLicenseHandler(ILicenseStore store, IDispatcher events, AuditTrail audit) : ICommandHandler<DeleteLicenseCommand, Unit>
{
    public async Task<Result<Unit>> Handle(DeleteLicenseCommand request, CancellationToken cancellationToken)
    {
        var isNumber = int.TryParse(request.Id, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var id);
        var uuid = isNumber ? await store.DeleteAsync(id, cancellationToken) : null;
        audit.Record(new AuditEntry(AuditAction.Delete, "license", uuid, Before: uuid is null ? null : new { id, uuid }));
        if (uuid is null)
            return isNumber ? Error.NotFound : Error.NotFound with { Detail = "The license id must be an integer of 32 bits." };
        await events.PublishAsync(new LicensesChanged(), cancellationToken);
        return Unit.Value;
    }
}
