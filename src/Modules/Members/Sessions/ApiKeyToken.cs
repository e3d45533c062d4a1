using System.Security.Cryptography;
using System.Text;

namespace Monolith.Members.Sessions;

/// <summary>The token <c>id-secret</c>: ten and twenty-two alphanumeric characters. Only SHA-256 of the secret is stored.</summary>
internal readonly record struct ApiKeyToken(string Id, string Secret)
{
    private const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

    public byte[] SecretHash => SHA256.HashData(Encoding.UTF8.GetBytes(Secret));

    public static ApiKeyToken Generate() =>
        new(RandomNumberGenerator.GetString(Alphabet, 10), RandomNumberGenerator.GetString(Alphabet, 22));

    public static bool TryParse(string text, out ApiKeyToken token)
    {
        token = default;
        if (text.Length != 33 || text[10] != '-')
            return false;
        token = new ApiKeyToken(text[..10], text[11..]);
        return token.Id.All(char.IsAsciiLetterOrDigit) && token.Secret.All(char.IsAsciiLetterOrDigit);
    }

    public bool Matches(byte[] storedHash) => CryptographicOperations.FixedTimeEquals(SecretHash, storedHash);

    public override string ToString() => $"{Id}-{Secret}";
}
