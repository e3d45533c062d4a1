namespace Monolith.Notifications.Directory;

/// <summary>The kinds of targets.</summary>
internal static class TargetKind
{
    public const string Email = "email";
    public const string Webhook = "webhook";

    public static IReadOnlyList<string> All { get; } = [Email, Webhook];
}

/// <summary>A target as stored, without its secret.</summary>
internal sealed record TargetRow
{
    public required Guid Id { get; init; }

    public required string Name { get; init; }

    public required string Kind { get; init; }

    public required bool Enabled { get; init; }

    public string? Url { get; init; }

    public string[] Recipients { get; init; } = [];

    /// <summary>Empty for every rule.</summary>
    public string[] Rules { get; init; } = [];

    /// <summary>Equal lists are equal here, as they are on the wire.</summary>
    public bool IsLike(TargetRow other) =>
        Recipients.SequenceEqual(other.Recipients) && Rules.SequenceEqual(other.Rules) && this with { Recipients = other.Recipients, Rules = other.Rules } == other;

    public required DateTimeOffset CreatedAt { get; init; }

    public required DateTimeOffset UpdatedAt { get; init; }
}

/// <summary>A target on the wire. The secret of a webhook is answered once, by the operation that makes it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Unique among targets.</param>
/// <param name="Kind">Email or webhook.</param>
/// <param name="Enabled">Whether messages go there.</param>
/// <param name="Url">Of a webhook.</param>
/// <param name="Recipients">Of an e-mail target; empty for a webhook.</param>
/// <param name="Rules">The rules that it hears; empty for every rule, those of later versions included.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="UpdatedAt">When it was changed last.</param>
/// <param name="Secret">The secret that signs webhooks, only in the answer to the operation that made it.</param>
internal sealed record Target(
    Guid Id,
    string Name,
    [property: OneOf(typeof(TargetKind))] string Kind,
    bool Enabled,
    string? Url,
    IReadOnlyList<string> Recipients,
    [property: OneOf(typeof(RuleName))] IReadOnlyList<string> Rules,
    DateTimeOffset CreatedAt,
    DateTimeOffset UpdatedAt,
    string? Secret = null)
{
    public static Target From(TargetRow row, string? secret = null) => new(row.Id, row.Name, row.Kind, row.Enabled, row.Url, row.Recipients, row.Rules, row.CreatedAt, row.UpdatedAt, secret);
}
