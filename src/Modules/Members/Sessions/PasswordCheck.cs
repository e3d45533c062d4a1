using Microsoft.AspNetCore.Identity;

namespace Monolith.Members.Sessions;

/// <summary>The framework's hasher wants an owner type; it reads nothing of it.</summary>
internal sealed class PasswordOwner
{
    public static PasswordOwner Nobody { get; } = new();
}

/// <summary>Password rules, hashing and comparison. An unknown account costs the same work as a known one.</summary>
internal sealed class PasswordCheck(IPasswordHasher<PasswordOwner> hasher, SessionSettings options)
{
    public const int MaxLength = 64;
    public const double MinEntropyBits = 52;

    /// <summary>The 403 of a deployment that signs nobody but owners in with a password.</summary>
    public static Error Disabled { get; } = new(ErrorKind.Forbidden, "Password authentication is disabled.");

    private readonly string _decoy = hasher.HashPassword(PasswordOwner.Nobody, "no account has this password");

    public bool IsDisabled => options.DisablePasswordAuth;

    public string Hash(string password) => hasher.HashPassword(PasswordOwner.Nobody, password);

    public bool Verify(string? storedHash, string password)
    {
        var known = !string.IsNullOrEmpty(storedHash);
        var result = hasher.VerifyHashedPassword(PasswordOwner.Nobody, known ? storedHash! : _decoy, password);
        return known && result != PasswordVerificationResult.Failed;
    }

    /// <summary>Null for a strong password, else what to do.</summary>
    public static string? Weakness(string? password)
    {
        if (string.IsNullOrEmpty(password))
            return "A password is required.";
        if (DisplayText.Length(password) > MaxLength)
            return $"Must be at most {MaxLength} characters.";
        return Entropy(CommonWords.Shorten(password)) < MinEntropyBits
            ? "Too easy to guess. Make it longer, without common words, years and runs such as 1234, or mix in capitals, digits and other characters."
            : null;
    }

    /// <summary>Bits: the size of the alphabets in use, for each character that is no repetition of its neighbor.</summary>
    private static double Entropy(string password)
    {
        var alphabet = 0;
        alphabet += password.Any(char.IsAsciiLetterLower) ? 26 : 0;
        alphabet += password.Any(char.IsAsciiLetterUpper) ? 26 : 0;
        alphabet += password.Any(char.IsAsciiDigit) ? 10 : 0;
        alphabet += password.Any(c => c < 128 && !char.IsAsciiLetterOrDigit(c)) ? 32 : 0;
        alphabet += password.Any(c => c >= 128) ? 100 : 0;
        var telling = password.Where((c, i) => i < 2 || c != password[i - 1] || c != password[i - 2]).Count();
        return telling * Math.Log2(Math.Max(alphabet, 1));
    }
}

/// <summary>The rule of <see cref="PasswordCheck.Weakness"/> for validators.</summary>
internal static class PasswordRule
{
    public static IRuleBuilderOptionsConditions<T, string?> StrongPassword<T>(this IRuleBuilder<T, string?> rule) => rule.Custom((password, context) =>
    {
        if (PasswordCheck.Weakness(password) is { } weakness)
            context.AddFailure("password", weakness);
    });
}
