namespace Monolith.Members.Contracts;

/// <summary>What an account is at the moment, as stored and on the wire.</summary>
public static class UserStatus
{
    /// <summary>Uses the deployment.</summary>
    public const string Active = "active";

    /// <summary>Has not been here yet, or for long; the next request makes it active.</summary>
    public const string Dormant = "dormant";

    /// <summary>May not sign in.</summary>
    public const string Suspended = "suspended";

    /// <summary>All of them, in the order of lists.</summary>
    public static IReadOnlyList<string> All { get; } = [Active, Dormant, Suspended];
}
