namespace Monolith.Members.Contracts;

/// <summary>Counts tries on the password of one account, whoever makes them and from wherever. Implemented by the host.</summary>
public interface IPasswordTries
{
    /// <summary>Counts a try; the 429 when the account has had its share. Asked before the password is compared, and for accounts that do not exist, too.</summary>
    /// <param name="account">What names the account; it is kept as a hash.</param>
    Error? Count(string account);
}
