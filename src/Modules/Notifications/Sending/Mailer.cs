using System.Net.Sockets;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace Monolith.Notifications.Sending;

/// <summary>A message by e-mail. <paramref name="Id"/> is the same for each attempt, so that mailboxes can tell a repetition.</summary>
internal sealed record Mail(string Id, IReadOnlyCollection<string> To, string Subject, string Text);

/// <summary>Hands mails to the server of <c>Notifications:Smtp</c>. Singleton.</summary>
internal sealed class Mailer(NotificationSettings settings, TimeProvider clock)
{
    private const int LongestSubject = 200;

    public async Task<SendOutcome> SendAsync(Mail mail, CancellationToken cancellationToken)
    {
        if (settings.Smtp is not { } server)
            return SendOutcome.Failed("No mail server is set: Notifications__Smtp__Host.");
        using var limit = new CancellationTokenSource(settings.Timeout, clock);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            using var message = Write(mail, server);
            using var client = new SmtpClient();
            await client.ConnectAsync(server.Host, server.Port, server.Security, both.Token);
            if (server.User is not null)
                await client.AuthenticateAsync(server.User, server.Password ?? "", both.Token);
            await client.SendAsync(message, both.Token);
            // The server has it: a bad good-bye changes nothing.
            await client.DisconnectAsync(quit: false, CancellationToken.None);
            return SendOutcome.Sent;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return SendOutcome.TookTooLong(settings.Timeout);
        }
        catch (Exception exception) when (exception is ProtocolException or CommandException or ServiceNotConnectedException or ServiceNotAuthenticatedException
            or AuthenticationException or SslHandshakeException or NotSupportedException or SocketException or IOException or ParseException)
        {
            return SendOutcome.Failed(exception.Message);
        }
    }

    internal MimeMessage Write(Mail mail, SmtpSettings server)
    {
        var message = new MimeMessage
        {
            MessageId = $"{mail.Id}@{server.From.Domain}",
            Date = clock.GetUtcNow(),
            Subject = OneLine.Of(mail.Subject, LongestSubject),
            Body = new TextPart("plain") { Text = mail.Text },
        };
        message.From.Add(server.From);
        message.To.AddRange(mail.To.Select(address => new MailboxAddress("", address)));
        // No out-of-office note is wanted (RFC 3834).
        message.Headers.Add("Auto-Submitted", "auto-generated");
        return message;
    }
}
