namespace Monolith.Sample.Notes;

internal sealed class ListNotesEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapGet(
            "/sample/notes",
            (ListParameters list, IDispatcher dispatcher, CancellationToken ct) =>
                dispatcher.SendAsync(new ListNotesQuery(list.Page), ct)
                    .AsPage(WireJson.Name(nameof(NotePage.Notes)), list.Format, NoteFile.Table))
        .For<ListNotesQuery>("list-sample-notes", "Lists notes, the newest first, a page at a time or as CSV.")
        .Produces<NotePage>();
}

[RequiresPermission(SampleModule.Note, PermissionAction.Read)]
internal sealed record ListNotesQuery(PageRequest Page) : IQuery<ListResult<Note>>;

/// <summary>A page of notes. <c>count</c> is the number of all, whatever the page; 0 when the page is empty; absent with <c>count=false</c>.</summary>
internal sealed record NotePage(IReadOnlyList<Note> Notes, long? Count);

internal sealed class ListNotesValidator : AbstractValidator<ListNotesQuery>
{
    public ListNotesValidator(PageRequestValidator page) => RuleFor(query => query.Page).SetValidator(page);
}

internal sealed class ListNotesHandler(IReadStore<NoteRow> notes) : IQueryHandler<ListNotesQuery, ListResult<Note>>
{
    public async Task<Result<ListResult<Note>>> Handle(ListNotesQuery request, CancellationToken cancellationToken)
    {
        var window = request.Page.Window;
        var wanted = new NewestNotes(window);
        if (!window.IsPage)
            return notes.Stream(wanted).Select(ToNotes);
        var page = await notes.PageAsync(wanted, cancellationToken);
        return await page.SelectAsync(ToNotes, cancellationToken);
    }

    private static Task<IReadOnlyList<Note>> ToNotes(IReadOnlyList<NoteRow> rows, CancellationToken cancellationToken) =>
        Task.FromResult<IReadOnlyList<Note>>([.. rows.Select(Note.From)]);
}

/// <summary>The newest first; equal times in the order of their ids.</summary>
internal sealed class NewestNotes : Specification<NoteRow>
{
    public NewestNotes(PageWindow window) => Query
        .OrderByDescending(note => note.CreatedAt)
        .ThenByDescending(note => note.Id)
        .After(note => note.Id, window.AfterId)
        .Counted(window.IsCounted)
        .Skip(window.Offset)
        .Take(window.Limit, window.Limit > 0);
}

/// <summary>The notes as a file.</summary>
internal static class NoteFile
{
    public static CsvTable<Note> Table { get; } = new("sample-notes.csv",
    [
        new("id", note => note.Id),
        new("title", note => note.Title),
        new("created_by", note => note.CreatedBy),
        new("created_at", note => note.CreatedAt),
    ]);
}
