using System.Security.Cryptography;
using System.Text;

namespace Monolith.Members.Memberships;

/// <summary>The entity tag of a set of roles: equal sets have equal tags, in whatever order they are stored.</summary>
internal static class RoleTag
{
    public static string Of(IEnumerable<string> roles) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', roles.Order(StringComparer.Ordinal)))).AsSpan(0, 8));
}
