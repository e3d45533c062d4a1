namespace Monolith.Members.Contracts;

/// <summary>Mails to one account. Implemented by the module of the notifications.</summary>
public interface IAccountMail
{
    /// <summary>False when the deployment has no mail server.</summary>
    bool IsAvailable { get; }

    /// <summary>Stores a mail in the transaction under way. It is sent after that, again after a failure or a crash, and its text is forgotten when it was sent or given up.</summary>
    /// <param name="address">One e-mail address.</param>
    /// <param name="subject">One line.</param>
    /// <param name="text">Sentences; may hold a secret.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task StoreAsync(string address, string subject, string text, CancellationToken cancellationToken);
}
