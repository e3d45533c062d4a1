using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Entitlements.AiUsage;

/// <summary>A page of ended interceptions, newest first. <paramref name="Count"/> ignores paging.</summary>
internal sealed record InterceptionPage(IReadOnlyList<InterceptionView> Results, long? Count);

/// <summary>An interception on the wire. What only the gateway sees, tokens, prompts and tools, is not reported to us: those lists are empty.</summary>
internal sealed record InterceptionView(
    Guid Id,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? ApiKeyId,
    InterceptionInitiator Initiator,
    string Provider,
    string Model,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] string? Client,
    JsonElement Metadata,
    DateTimeOffset StartedAt,
    [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] DateTimeOffset? EndedAt,
    IReadOnlyList<object> TokenUsages,
    IReadOnlyList<object> UserPrompts,
    IReadOnlyList<object> ToolUsages);

internal sealed record InterceptionInitiator(Guid Id, string Username, string Name, string AvatarUrl);
