using Microsoft.Extensions.Time.Testing;
using Monolith.Kernel.Settings;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Tests.Sending;

/// <summary>What a mail looks like, and which settings are refused.</summary>
public sealed class MailerTests
{
    private static readonly (string, string)[] Server = [("Notifications:Smtp:Host", "mail.example.com"), ("Notifications:Smtp:From", "Monolith <monolith@example.com>")];

    [Theory]
    [InlineData("Seats\r\nBcc: everybody@example.com")]
    [InlineData("Seats\nX-Injected: yes")]
    [InlineData("Seats\r\n\r\nAnother body")]
    [InlineData("Seats\u2028X-Injected: yes")]
    [InlineData("Seats\u202egnp.exe")]
    public void A_name_in_the_subject_ends_no_header(string subject)
    {
        var settings = TargetGuardTests.Settings(Server);
        using var message = new Mailer(settings, new FakeTimeProvider()).Write(new Mail("id", ["ops@example.com"], subject, "Text"), settings.Smtp!);
        using var stream = new MemoryStream();
        message.WriteTo(stream);
        stream.Position = 0;
        using var read = MimeKit.MimeMessage.Load(stream);
        Assert.StartsWith("Seats ", read.Subject, StringComparison.Ordinal);
        Assert.DoesNotContain(read.Subject!, c => char.IsControl(c) || c is '\u2028' or '\u202e');
        Assert.Empty(read.Bcc);
        Assert.Equal(["Auto-Submitted", "Date", "From", "Message-Id", "MIME-Version", "Subject", "To"], read.Headers.Select(header => header.Field).Order(StringComparer.OrdinalIgnoreCase));
        Assert.Equal("Text", read.TextBody!.TrimEnd());
    }

    [Theory]
    [InlineData("Port", "587")]
    [InlineData("User", "monolith")]
    [InlineData("Password", "secret")]
    [InlineData("From", "monolith@example.com")]
    [InlineData("Tls", "tls")]
    public void A_setting_without_a_host_is_named(string name, string value)
    {
        var refusal = Assert.Throws<SettingException>(() => TargetGuardTests.Settings(($"Notifications:Smtp:{name}", value)));
        Assert.StartsWith($"Notifications__Smtp__{name}: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_not_sent_in_the_clear()
    {
        var refusal = Assert.Throws<SettingException>(() => TargetGuardTests.Settings([.. Server, ("Notifications:Smtp:Tls", "none"), ("Notifications:Smtp:User", "monolith")]));
        Assert.StartsWith("Notifications__Smtp__User: ", refusal.Message, StringComparison.Ordinal);
    }
}
