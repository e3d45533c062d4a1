using System.Security.Cryptography;
using System.Text;

namespace Monolith.Api.Http.Limits;

/// <summary>Keys of counters: hashes with a salt of this process, so that memory holds no e-mail and no token, and nobody can choose names that meet.</summary>
internal static class LimitKey
{
    private static readonly byte[] Salt = RandomNumberGenerator.GetBytes(32);

    public static UInt128 Of(string text)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        HMACSHA256.HashData(Salt, Encoding.UTF8.GetBytes(text), hash);
        return BitConverter.ToUInt128(hash);
    }
}
