using System.Security.Cryptography;
using System.Text;

namespace Monolith.Roles.Tests;

/// <summary>Ids by name, the same in every run.</summary>
internal static class Ids
{
    public static Guid Of(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));

    public static readonly Guid Me = Of("me");
    public static readonly Guid Other = Of("other");
    public static readonly Guid Org = Of("org");
    public static readonly Guid OtherOrg = Of("other-org");
}
