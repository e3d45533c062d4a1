using MailKit.Security;
using Microsoft.Extensions.Configuration;
using MimeKit;
using Monolith.Kernel.Settings;

namespace Monolith.Notifications.Sending;

/// <summary>The mail server.</summary>
internal sealed record SmtpSettings(string Host, int Port, SecureSocketOptions Security, string? User, string? Password, MailboxAddress From)
{
    private const string Section = "Notifications:Smtp";
    private const int SubmissionPort = 587;
    private const int LastPort = 65_535;

    private static readonly string[] Others = ["Port", "Tls", "User", "Password", "From"];

    /// <summary>All of the section. They are read together: what is wrong with one is told by the host.</summary>
    public static IReadOnlyList<SettingDeclaration> Declared { get; } =
    [
        new DeclaredSetting<SmtpSettings?>($"{Section}:Host", "", "the mail server; without it no mail is sent: [notifications](notifications.md)", (configuration, _) => Read(configuration)),
        DeclaredSetting.Text($"{Section}:Port", "587", "its port"),
        DeclaredSetting.Text($"{Section}:Tls", "starttls", "`starttls`, `tls` from the first byte, or `none`"),
        DeclaredSetting.Text($"{Section}:User", "", "who signs in at the mail server"),
        new DeclaredSetting<string?>($"{Section}:Password", "", "the password of that user", (configuration, key) => configuration[key]) { IsSecret = true },
        DeclaredSetting.Text($"{Section}:From", "", "who mails come from, such as `Monolith <monolith@example.com>`"),
    ];

    /// <summary>Null when no host is set.</summary>
    public static SmtpSettings? Read(IConfiguration configuration)
    {
        if (Text(configuration, "Host") is not { } host)
        {
            return Array.Find(Others, name => Text(configuration, name) is not null) is { } lonely
                ? throw new SettingException($"{Section}:{lonely}", "It is of no use without Notifications__Smtp__Host.")
                : null;
        }

        if (Uri.CheckHostName(host) == UriHostNameType.Unknown)
            throw new SettingException($"{Section}:Host", "It is no name of a host. Write it alone, such as mail.example.com; the port has a setting of its own.");
        var port = Setting.Number(configuration, $"{Section}:Port", SubmissionPort);
        if (port is < 1 or > LastPort)
            throw new SettingException($"{Section}:Port", $"\"{port}\" is no port. Write a number from 1 to {LastPort}.");
        var security = SecurityOf(Text(configuration, "Tls"));
        var user = Text(configuration, "User");
        if (user is not null && security == SecureSocketOptions.None)
            throw new SettingException($"{Section}:User", "The password would travel in the clear. Set Notifications__Smtp__Tls to starttls or tls.");
        return new SmtpSettings(host, port, security, user, Text(configuration, "Password"), Sender(Text(configuration, "From")));
    }

    private static string? Text(IConfiguration configuration, string name) => configuration[$"{Section}:{name}"] is { Length: > 0 } text ? text : null;

    private static SecureSocketOptions SecurityOf(string? text) => text switch
    {
        null or "starttls" => SecureSocketOptions.StartTls,
        "tls" => SecureSocketOptions.SslOnConnect,
        "none" => SecureSocketOptions.None,
        _ => throw new SettingException($"{Section}:Tls", $"\"{text}\" is none of starttls, tls and none."),
    };

    private static MailboxAddress Sender(string? text) => MailAddress.Read(text) is { Domain.Length: > 0 } from
        ? from
        : throw new SettingException($"{Section}:From", "Write the address that mails come from, such as monolith@example.com or Monolith <monolith@example.com>.");
}
