namespace Monolith.Entitlements.Licenses;

/// <summary>Takes in the license of <c>Licensing:File</c>, unless a license exists already. Answers whether it did.</summary>
[AllowAnonymousRequest("The host sends it at its start, before anybody can sign in; no route leads here.")]
[NothingToValidate("The license is checked as at an upload.")]
internal sealed record ImportLicenseCommand(string Token) : ICommand<bool>;

internal sealed class ImportLicenseHandler(ILicenseStore store, LicenseRegistration intake) : ICommandHandler<ImportLicenseCommand, bool>
{
    public async Task<Result<bool>> Handle(ImportLicenseCommand request, CancellationToken cancellationToken)
    {
        if (await store.LockAndLookAsync(cancellationToken))
            return false;
        return (await intake.AcceptAsync(request.Token, cancellationToken)).Match<Result<bool>>(_ => true, error => error);
    }
}
