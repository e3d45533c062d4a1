using Monolith.Sample.Contracts;

namespace Monolith.Sample.Notes;

internal sealed class CreateNoteEndpoint : ICarterModule
{
    public void AddRoutes(IEndpointRouteBuilder app) => app
        .MapPost(
            "/sample/notes",
            (Body<CreateNoteRequest> body, IDispatcher dispatcher, CancellationToken ct) => dispatcher.SendAsync(new CreateNoteCommand(body), ct).Created())
        .For<CreateNoteCommand>("create-sample-note", "Writes a note.")
        .Produces<Note>(201)
        .Fails(409);
}

/// <summary>A new note: its title has 1 to 128 characters on one line.</summary>
internal sealed record CreateNoteRequest(string? Title);

[RequiresPermission(SampleModule.Note, PermissionAction.Create)]
internal sealed record CreateNoteCommand(Body<CreateNoteRequest> Body) : ICommand<Note>;

internal sealed class CreateNoteValidator : AbstractValidator<CreateNoteCommand>
{
    public CreateNoteValidator()
    {
        RuleFor(command => command.Body.Value.Title).Must(title => !string.IsNullOrWhiteSpace(title) && DisplayText.Length(title) <= 128)
            .WithMessage("Must be 1 to 128 characters.").OverridePropertyName("title");
        RuleFor(command => command.Body.Value.Title).PlainText().OverridePropertyName("title");
    }
}

internal sealed class CreateNoteHandler(INoteWriter notes, ICaller caller, TimeProvider clock, AuditTrail audit, IDispatcher events)
    : ICommandHandler<CreateNoteCommand, Note>
{
    private static readonly Error TitleTaken = Error.Conflict("A note with this title exists already.", "title");

    public async Task<Result<Note>> Handle(CreateNoteCommand request, CancellationToken cancellationToken)
    {
        var row = new NoteRow { Id = Guid.CreateVersion7(), Title = request.Body.Value.Title!, CreatedBy = caller.UserId, CreatedAt = clock.GetUtcNow() };
        var isNew = await notes.InsertAsync(row, cancellationToken);
        var note = Note.From(row);
        audit.Record(new AuditEntry(AuditAction.Create, "note", note.Id, note.Title, After: note, SuccessStatus: 201));
        if (!isNew)
            return TitleTaken;
        await events.PublishAsync(new NoteCreated(note.Id), cancellationToken);
        return note;
    }
}
