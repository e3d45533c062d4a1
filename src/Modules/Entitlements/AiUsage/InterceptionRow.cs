using System.Text.Json;

namespace Monolith.Entitlements.AiUsage;

/// <summary>An interception as the list reads it.</summary>
internal sealed class InterceptionRow
{
    public Guid Id { get; init; }

    public Guid InitiatorId { get; init; }

    public string Username { get; init; } = "";

    public string Name { get; init; } = "";

    public string AvatarUrl { get; init; } = "";

    public string Provider { get; init; } = "";

    public string Model { get; init; } = "";

    public string? Client { get; init; }

    public string Metadata { get; init; } = "{}";

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>Null while it runs.</summary>
    public DateTimeOffset? EndedAt { get; init; }

    public InterceptionView ToView() => new(
        Id,
        null,
        new(InitiatorId, Username, Name, AvatarUrl),
        Provider,
        Model,
        Client,
        JsonSerializer.Deserialize<JsonElement>(Metadata),
        StartedAt,
        EndedAt,
        [],
        [],
        []);
}

internal static class InterceptionMap
{
    private const string Alone = "entitlements.interceptions i";

    public static TableMap<InterceptionRow> Table { get; } = new(
        // One probe a row: a plain join is merged at times, with everybody up to the last initiator.
        $"""
        {Alone}
        cross join lateral (
            select username, name, avatar_url
            from contracts.users
            where id = i.initiator_id
            limit 1) initiator
        """,
        row => row.Id,
        columns => columns
            .Read(row => row.Id, "i.id")
            .Read(row => row.InitiatorId, "i.initiator_id")
            .Read(row => row.Username, "initiator.username")
            .Read(row => row.Name, "initiator.name")
            .Read(row => row.AvatarUrl, "initiator.avatar_url")
            .Read(row => row.Provider, "i.provider")
            .Read(row => row.Model, "i.model")
            .Read(row => row.Client, "i.client")
            .Read(row => row.Metadata, "i.metadata::text")
            .Read(row => row.StartedAt, "i.started_at")
            .Read(row => row.EndedAt, "i.ended_at"))
    {
        // Every initiator is a user, for users are never removed: both sources hold the same rows.
        PageFrom = new PageSource(Alone, new HashSet<string>
        {
            nameof(InterceptionRow.Id),
            nameof(InterceptionRow.InitiatorId),
            nameof(InterceptionRow.Provider),
            nameof(InterceptionRow.Model),
            nameof(InterceptionRow.Client),
            nameof(InterceptionRow.StartedAt),
            nameof(InterceptionRow.EndedAt),
        }),
        Cursor = new CursorSource("entitlements.interceptions c where c.id = @cursor", new Dictionary<string, string>
        {
            [nameof(InterceptionRow.StartedAt)] = "c.started_at",
            [nameof(InterceptionRow.Id)] = "c.id",
        }),
    };
}
