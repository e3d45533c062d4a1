namespace Monolith.Sample.Notes;

/// <summary>A note as stored.</summary>
internal sealed class NoteRow
{
    public required Guid Id { get; init; }

    public required string Title { get; init; }

    public required Guid CreatedBy { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }
}

internal static class NoteMap
{
    public static TableMap<NoteRow> Table { get; } = new(
        "sample.notes n",
        row => row.Id,
        columns => columns
            .Read(row => row.Id, "n.id")
            .Read(row => row.Title, "n.title")
            .Read(row => row.CreatedBy, "n.created_by")
            .Read(row => row.CreatedAt, "n.created_at"))
    {
        Cursor = new CursorSource("sample.notes c where c.id = @cursor", new Dictionary<string, string>
        {
            [nameof(NoteRow.CreatedAt)] = "c.created_at",
            [nameof(NoteRow.Id)] = "c.id",
        }),
    };
}

/// <summary>A note on the wire.</summary>
internal sealed record Note(Guid Id, string Title, Guid CreatedBy, DateTimeOffset CreatedAt)
{
    public static Note From(NoteRow row) => new(row.Id, row.Title, row.CreatedBy, row.CreatedAt);
}
