using System.ComponentModel.DataAnnotations;
using System.ComponentModel;
using Monolith.Entitlements.Licensing;

namespace Monolith.Entitlements.Licenses;

internal sealed class UploadLicenseEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/licenses",
            (Body<UploadLicenseBody> body, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new UploadLicenseCommand(body), ct).Created())
        .For<UploadLicenseCommand>("upload-license", "Uploads a license.")
        .WithDescription("It takes effect before the answer, and at once on every other replica. A refused license answers 400 with the reason in detail; a license that already exists is refused too.")
        .Produces<License>(StatusCodes.Status201Created);
}

/// <summary>The body of an upload.</summary>
internal sealed record UploadLicenseBody([property: Description("An EdDSA JWT in its compact form, signed with a key that this deployment trusts. Line breaks, blanks and quotes around it are left out.")] [property: Required] string? License);

[RequiresPermission(ResourceType.License, PermissionAction.Create)]
internal sealed record UploadLicenseCommand(Body<UploadLicenseBody> Body) : ICommand<License>
{
    public string Token => LicenseText.Clean(Body.Value.License);
}

internal sealed class UploadLicenseValidator : AbstractValidator<UploadLicenseCommand>
{
    public UploadLicenseValidator() =>
        RuleFor(command => command.Token).NotEmpty().OverridePropertyName("license").WithMessage("A license is required.");
}

internal sealed class UploadLicenseHandler(LicenseRegistration intake) : ICommandHandler<UploadLicenseCommand, License>
{
    public Task<Result<License>> Handle(UploadLicenseCommand request, CancellationToken cancellationToken) =>
        intake.AcceptAsync(request.Token, cancellationToken);
}
