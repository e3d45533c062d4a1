using System.Text.Json;
using Carter;
using FluentValidation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Http;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Entitlements.Licenses;

internal sealed class UploadLicenseEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) =>
        app.MapPost("/api/v2/licenses", (Body<UploadLicenseBody> body, IDispatcher dispatcher, CancellationToken cancellationToken) =>
                dispatcher.SendAsync(new UploadLicenseCommand(body), cancellationToken).Created())
            .WithName("UploadLicense").WithTags("Licenses").Produces<License>(StatusCodes.Status201Created);
}

/// <summary>The body of an upload.</summary>
internal sealed record UploadLicenseBody(string? License);

[RequiresPermission(ResourceType.License, PermissionAction.Create)]
internal sealed record UploadLicenseCommand(Body<UploadLicenseBody> Body) : ICommand<License>, IHasBody
{
    public Error? BodyError => Body.Error;

    public string Token => Body.Value.License?.Trim() ?? "";
}

/// <summary>A license on the wire. The token itself is never shown: it is a bearer credential.</summary>
internal sealed record License(int Id, Guid Uuid, DateTimeOffset UploadedAt, JsonElement Claims);

internal sealed class UploadLicenseValidator : AbstractValidator<UploadLicenseCommand>
{
    public UploadLicenseValidator() =>
        RuleFor(command => command.Token).NotEmpty().OverridePropertyName("license").WithMessage("A license is required.");
}

internal sealed class UploadLicenseHandler(Db db, KeyRing keys, LicenseChanges changes, AuditTrail audit, TimeProvider clock)
    : ICommandHandler<UploadLicenseCommand, License>
{
    private const string Invalid = "The license is not valid.";

    public async Task<Result<License>> Handle(UploadLicenseCommand request, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var token = LicenseToken.Verify(request.Token, keys);
        if (token.Claims is not { } claims)
            return Error.BadRequest(Invalid, token.Fault);
        var verdict = LicenseRules.Judge(claims, now);
        if (verdict.Fault is { } fault)
            return Error.BadRequest(Invalid, fault);
        if (await OtherDeploymentAsync(claims, cancellationToken) is { } elsewhere)
            return elsewhere;

        var uuid = claims.Id ?? Guid.CreateVersion7();
        var id = await db.ScalarAsync<int?>(Insert, new { now, jwt = request.Token, exp = claims.Expires, uuid }, cancellationToken);
        if (id is null)
            return Error.BadRequest("The license is already uploaded.");

        audit.Record(new AuditEntry(AuditAction.Create, "license", uuid, After: new { id, uuid, claims.Expires }, SuccessStatus: StatusCodes.Status201Created));
        await changes.AnnounceAsync(cancellationToken);
        return new License(id.Value, uuid, now, LicenseToken.Payload(request.Token));
    }

    private async Task<Error?> OtherDeploymentAsync(LicenseClaims claims, CancellationToken cancellationToken)
    {
        if (claims.DeploymentIds.Count == 0)
            return null;
        var own = (await db.ScalarAsync<Guid>(Deployment, null, cancellationToken)).ToString();
        return claims.DeploymentIds.Contains(own, StringComparer.OrdinalIgnoreCase)
            ? null
            : Error.BadRequest("The license is not valid for this deployment.", $"The id of this deployment is {own}; the license does not name it.");
    }

    private const string Deployment =
        """
        select id
        from entitlements.deployment
        """;

    private const string Insert =
        """
        insert into entitlements.licenses (uploaded_at, jwt, exp, uuid)
        values (@now, @jwt, @exp, @uuid)
        on conflict (sha256(jwt::bytea)) do nothing
        returning id
        """;
}
