using System.Buffers;
using System.Collections.Concurrent;
using MimeKit;
using Monolith.Testing;
using SmtpServer;
using SmtpServer.ComponentModel;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace Monolith.Notifications.Tests.World;

/// <summary>A real SMTP server that keeps what it gets.</summary>
public sealed class Mailbox : MessageStore, IAsyncDisposable
{
    private readonly ConcurrentQueue<MimeMessage> _messages = new();
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;

    public int Port { get; private set; }

    /// <summary>In the order in which they came.</summary>
    public IReadOnlyList<MimeMessage> Messages => [.. _messages];

    /// <summary>False: it refuses everything.</summary>
    public bool Takes { get; set; } = true;

    /// <summary>The settings of a server that sends here.</summary>
    public (string, string)[] Settings =>
        [("Notifications:Smtp:Host", "127.0.0.1"), ("Notifications:Smtp:Port", $"{Port}"), ("Notifications:Smtp:Tls", "none"), ("Notifications:Smtp:From", "Monolith <monolith@example.com>")];

    public static Mailbox Start()
    {
        var mailbox = new Mailbox { Port = MonolithServer.FreePort() };
        var services = new ServiceProvider();
        services.Add((IMessageStore)mailbox);
        var options = new SmtpServerOptionsBuilder().ServerName("localhost").Endpoint(endpoint => endpoint.Endpoint(new(System.Net.IPAddress.Loopback, mailbox.Port))).Build();
        mailbox._running = new SmtpServer.SmtpServer(options, services).StartAsync(mailbox._end.Token);
        return mailbox;
    }

    public override Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        if (!Takes)
            return Task.FromResult(SmtpResponse.MailboxUnavailable);
        using var stream = new MemoryStream(buffer.ToArray());
        _messages.Enqueue(MimeMessage.Load(stream, cancellationToken));
        return Task.FromResult(SmtpResponse.Ok);
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _end.Dispose();
    }
}
