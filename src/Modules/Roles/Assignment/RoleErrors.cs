using Monolith.Roles.Contracts;


namespace Monolith.Roles.Assignment;

/// <summary>The 400 answers of a role change. Clients look for parts of these texts.</summary>
internal static class RoleErrors
{
    public static Error Suffix { get; } = Error.BadRequest("Role names are given without an organization: leave off the suffix that starts with a colon.");

    public static Error? Retired(IEnumerable<string> added) =>
        added.FirstOrDefault(RoleName.IsRetired) is { } name ? Error.BadRequest($"The role {name} is retired and can no longer be assigned.") : null;

    public static Error? Unsupported(IEnumerable<string> names) =>
        names.FirstOrDefault() is { } name ? Error.BadRequest($"{Shown(name)} is not a supported role.") : null;

    public static Error NotAuthorized(string name) => Error.BadRequest($"You are not authorized to assign role {Shown(name)}.");

    // Text that is no role name may be anything, and errors never repeat such text.
    private static string Shown(string name) => RoleName.IsWellFormed(name) ? $"\"{name}\"" : "A given name";
}
