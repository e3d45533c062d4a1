namespace Monolith.Members.Contracts;

/// <summary>How somebody signs in, or what a key was made by, as stored and on the wire.</summary>
public static class LoginType
{
    /// <summary>With a password.</summary>
    public const string Password = "password";

    /// <summary>With GitHub, which is not configured.</summary>
    public const string Github = "github";

    /// <summary>With an identity provider, which is not configured.</summary>
    public const string Oidc = "oidc";

    /// <summary>Of keys: a named token.</summary>
    public const string Token = "token";

    /// <summary>Not at all: service accounts, and people who only use tokens.</summary>
    public const string None = "none";

    /// <summary>All of them, in the order of lists.</summary>
    public static IReadOnlyList<string> All { get; } = [Password, Github, Oidc, Token, None];
}
