namespace Monolith.Entitlements.Licensing;

/// <summary>Where a license stands at a moment.</summary>
internal enum LicenseStatus
{
    /// <summary>In its paid term.</summary>
    Valid,

    /// <summary>Between <c>license_expires</c> and <c>exp</c>.</summary>
    Grace,

    /// <summary>Its term has not begun.</summary>
    NotYetValid,

    /// <summary>The time fields say that the token is void.</summary>
    Void,

    /// <summary>A claim is missing or bad.</summary>
    BadClaim,
}

/// <summary>The judgment: a standing, and the reason when it is <see cref="LicenseStatus.Void"/> or <see cref="LicenseStatus.BadClaim"/>.</summary>
internal readonly record struct LicenseVerdict(LicenseStatus Standing, string? Fault = null);

/// <summary>The checks that depend on the clock, in the order of the license specification 2.3.</summary>
internal static class LicenseRules
{
    private static readonly TimeSpan LongestTerm = TimeSpan.FromDays(5 * 365);

    public static LicenseVerdict Judge(LicenseClaims claims, DateTimeOffset now)
    {
        if (claims.Expires <= now)
            return new(LicenseStatus.Void, "The license has expired.");
        if (claims.IssuedAt > now)
            return new(LicenseStatus.Void, "The license was issued in the future.");
        if (BadClaim(claims, now) is { } fault)
            return new(LicenseStatus.BadClaim, fault);
        if (claims.NotBefore > now)
            return new(LicenseStatus.NotYetValid);
        return new(claims.LicenseExpires <= now ? LicenseStatus.Grace : LicenseStatus.Valid);
    }

    /// <summary>The moments at which the judgment of these claims changes.</summary>
    public static IEnumerable<DateTimeOffset> Boundaries(LicenseClaims claims) =>
        new[] { claims.IssuedAt, claims.NotBefore, claims.LicenseExpires, claims.Expires, claims.LicenseExpires - LongestTerm }.OfType<DateTimeOffset>();

    private static string? BadClaim(LicenseClaims claims, DateTimeOffset now) => claims switch
    {
        { Version: null } => "The version claim is missing or is no whole number.",
        { Version: not 3 } => "The version claim of the license must be 3.",
        { IssuedAt: null } => NoTime("iat"),
        { NotBefore: null } => NoTime("nbf"),
        { LicenseExpires: null } => NoTime("license_expires"),
        { LicenseExpires: var end } when end > now + LongestTerm => "The license_expires claim is more than five years ahead.",
        { Expires: null } => NoTime("exp"),
        { AccountType: null or "" } => NoText("account_type"),
        { AccountId: null or "" } => NoText("account_id"),
        { Malformed: { } name } => $"The {name} claim has the wrong type.",
        { NotBefore: var start, Expires: var end } when start > end => "The term of the license ends before it begins: nbf is later than exp.",
        _ => null,
    };

    private static string NoTime(string claim) => $"The {claim} claim is missing or is no time in seconds.";

    private static string NoText(string claim) => $"The {claim} claim is missing or empty.";
}
