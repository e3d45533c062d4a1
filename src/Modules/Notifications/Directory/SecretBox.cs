using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Monolith.Notifications.Directory;

/// <summary>Keeps secrets of targets: encrypted with the keys of the deployment, which every replica shares. Singleton.</summary>
internal sealed class SecretBox(IDataProtectionProvider protection)
{
    private readonly IDataProtector _protector = protection.CreateProtector("notification targets");

    public string Close(string secret) => _protector.Protect(secret);

    /// <summary>Null when the keys are not those that closed it.</summary>
    public string? Open(string? closed)
    {
        try
        {
            return closed is null ? null : _protector.Unprotect(closed);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
