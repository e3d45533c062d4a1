namespace Monolith.Entitlements.Licenses;

/// <summary>Where a license stands at a moment.</summary>
internal enum LicenseStanding
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

/// <summary>The judgment: a standing, and the reason when it is <see cref="LicenseStanding.Void"/> or <see cref="LicenseStanding.BadClaim"/>.</summary>
internal readonly record struct LicenseVerdict(LicenseStanding Standing, string? Fault = null);

/// <summary>The checks that depend on the clock, in the order of the license specification 2.3.</summary>
internal static class LicenseRules
{
    private static readonly TimeSpan LongestTerm = TimeSpan.FromDays(5 * 365);

    public static LicenseVerdict Judge(LicenseClaims claims, DateTimeOffset now)
    {
        if (claims.Expires <= now)
            return new(LicenseStanding.Void, "The license has expired.");
        if (claims.IssuedAt > now)
            return new(LicenseStanding.Void, "The license was issued in the future.");
        if (BadClaim(claims, now) is { } fault)
            return new(LicenseStanding.BadClaim, fault);
        if (claims.NotBefore > now)
            return new(LicenseStanding.NotYetValid);
        return new(claims.LicenseExpires <= now ? LicenseStanding.Grace : LicenseStanding.Valid);
    }

    private static string? BadClaim(LicenseClaims claims, DateTimeOffset now) => claims switch
    {
        { Version: not 3 } => "The license version must be 3.",
        { IssuedAt: null } => "The license has no iat claim.",
        { NotBefore: null } => "The license has no nbf claim.",
        { LicenseExpires: null } => "The license has no license_expires claim.",
        { LicenseExpires: var end } when end > now + LongestTerm => "The license_expires claim is more than five years ahead.",
        { Expires: null } => "The license has no exp claim.",
        { AccountType: null or "" } => "The license has no account_type claim.",
        { AccountId: null or "" } => "The license has no account_id claim.",
        _ => null,
    };
}
