namespace Monolith.Sample.Notes;

/// <summary>Writes notes. A test of a command replaces it.</summary>
internal interface INoteWriter
{
    /// <summary>False when the title is taken.</summary>
    Task<bool> InsertAsync(NoteRow note, CancellationToken cancellationToken);
}

internal sealed class NoteWriter(Db<SampleModule> db) : INoteWriter
{
    public async Task<bool> InsertAsync(NoteRow note, CancellationToken cancellationToken) =>
        await db.ExecuteAsync(InsertNote, new { note.Id, note.Title, note.CreatedBy, note.CreatedAt }, cancellationToken) == 1;

    private const string InsertNote =
        """
        insert into sample.notes
            (id, title, created_by, created_at)
        values
            (@Id, @Title, @CreatedBy, @CreatedAt)
        on conflict (title) do nothing
        """;
}
