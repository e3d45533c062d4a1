using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Sending;

namespace Monolith.Notifications.Deliveries;

/// <summary>Carries one delivery to its target, by the way that the target has. Singleton.</summary>
internal sealed class Courier(WebhookClient webhooks, Mailer mailer, SecretBox secrets)
{
    public Task<SendOutcome> CarryAsync(TakenDelivery delivery, CancellationToken cancellationToken) => delivery switch
    {
        { Kind: TargetKind.Email, Recipients: { } recipients } =>
            mailer.SendAsync(new Mail(delivery.Id.ToString("D"), recipients, delivery.Subject, delivery.Body), cancellationToken),
        { Kind: TargetKind.Webhook, Url: { } url } when secrets.Open(delivery.Secret) is { } secret =>
            webhooks.SendAsync(new Webhook(delivery.Id.ToString("D"), new Uri(url), secret, BodyOf(delivery)), cancellationToken),
        _ => Task.FromResult(SendOutcome.Failed("The secret of the target cannot be read: make a new one.")),
    };

    // The same bytes for each attempt.
    private static byte[] BodyOf(TakenDelivery delivery) => JsonSerializer.SerializeToUtf8Bytes(
        new WebhookBody(delivery.MessageId, delivery.Rule, delivery.CreatedAt, delivery.Subject, delivery.Body, JsonNode.Parse(delivery.Data)), WireJson.Options);

    private sealed record WebhookBody(Guid Id, string Type, DateTimeOffset Timestamp, string Subject, string Text, JsonNode? Data);
}
