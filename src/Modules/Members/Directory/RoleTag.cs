using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Monolith.Members.Directory;

/// <summary>
/// The entity tag of everything that shows a set of roles: first a half for the roles, then one for the whole representation. A change of roles compares the
/// first half only, so that being seen, or being renamed, meanwhile is no conflict; equal sets of roles have equal halves, in whatever order they are stored.
/// </summary>
internal static partial class RoleTag
{
    /// <summary>Of what is answered, whole.</summary>
    public static string Of<T>(IEnumerable<string> roles, T representation) =>
        $"{OfRoles(roles)}-{Short(JsonSerializer.SerializeToUtf8Bytes(representation, WireJson.Options))}";

    /// <summary>The condition of a change of roles: null, or 412 when they are not those of the tag.</summary>
    public static Error? Check(string? ifMatch, IEnumerable<string> roles) =>
        IfMatch.Check(ifMatch is null ? null : Whole().Replace(ifMatch, "\"$1\""), OfRoles(roles));

    private static string OfRoles(IEnumerable<string> roles) => Short(Encoding.UTF8.GetBytes(string.Join('\n', roles.Order(StringComparer.Ordinal))));

    private static string Short(byte[] content) => Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 8));

    [GeneratedRegex("\"([0-9a-f]{16})-[0-9a-f]{16}\"")]
    private static partial Regex Whole();
}
