namespace Monolith.Entitlements.Licenses;

/// <summary>Takes in the license of <c>Licensing:File</c>, unless a license exists already. Answers whether it did.</summary>
[AllowAnonymousRequest("The host sends it at its start, before anybody can sign in; no route leads here.")]
[NothingToValidate("The license is checked as at an upload.")]
internal sealed record ImportLicenseCommand(string Token) : ICommand<bool>;

internal sealed class ImportLicenseHandler(Db<EntitlementsModule> db, LicenseRegistration intake) : ICommandHandler<ImportLicenseCommand, bool>
{
    public async Task<Result<bool>> Handle(ImportLicenseCommand request, CancellationToken cancellationToken)
    {
        if (await db.ScalarAsync<bool>(LockAndLook, null, cancellationToken))
            return false;
        return (await intake.AcceptAsync(request.Token, cancellationToken)).Match<Result<bool>>(_ => true, error => error);
    }

    // Replicas that start at once take turns: the second one sees the license of the first.
    private const string LockAndLook =
        """
        lock table entitlements.licenses in share row exclusive mode;
        select exists (
            select 1
            from entitlements.licenses
        )
        """;
}
