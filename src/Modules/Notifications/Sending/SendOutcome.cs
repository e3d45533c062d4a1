namespace Monolith.Notifications.Sending;

/// <summary>How one attempt ended. <paramref name="Reason"/> is null after a success, else one line for an operator.</summary>
internal sealed record SendOutcome(string? Reason)
{
    private const int LongestReason = 300;

    public static SendOutcome Sent { get; } = new((string?)null);

    public bool IsSent => Reason is null;

    public static SendOutcome Failed(string reason) => new(OneLine.Of(reason, LongestReason));

    public static SendOutcome TookTooLong(TimeSpan limit) => new($"The receiver took longer than {limit.TotalSeconds:0.###} seconds.");
}
