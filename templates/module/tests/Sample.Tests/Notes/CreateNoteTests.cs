using Microsoft.Extensions.Time.Testing;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Sample.Contracts;
using Monolith.Sample.Notes;
using Monolith.Web.Http;

namespace Monolith.Sample.Tests.Notes;

/// <summary>The command without a database: the writer is a substitute, audit entries and events are looked at.</summary>
public sealed class CreateNoteTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly INoteWriter _notes = Substitute.For<INoteWriter>();
    private readonly ICaller _caller = Substitute.For<ICaller>();
    private readonly IDispatcher _events = Substitute.For<IDispatcher>();
    private readonly FakeTimeProvider _clock = new(Now);
    private readonly AuditTrail _audit;

    public CreateNoteTests()
    {
        _caller.UserId.Returns(Guid.CreateVersion7());
        _audit = new AuditTrail(_caller, _clock, new RefusalCounts(_clock), Substitute.For<IAuditWriter>());
    }

    [Fact]
    public async Task A_new_note_is_stored_recorded_and_announced()
    {
        _notes.InsertAsync(null!, default).ReturnsForAnyArgs(true);
        var note = (await CreateAsync("Lunch is late")).Value;
        Assert.Equal(new Note(note.Id, "Lunch is late", _caller.UserId, Now), note);
        await _notes.Received(1).InsertAsync(Arg.Is<NoteRow>(row => row.Id == note.Id && row.Title == note.Title), Arg.Any<CancellationToken>());
        Assert.Equal([new AuditEntry(AuditAction.Create, "note", note.Id, "Lunch is late", After: note, SuccessStatus: 201)], _audit.Entries);
        await _events.Received(1).PublishAsync(new NoteCreated(note.Id), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_title_that_is_taken_is_a_conflict_which_is_recorded_and_not_announced()
    {
        Assert.Equal(ErrorKind.Conflict, (await CreateAsync("Lunch is late")).Error!.Kind);
        Assert.Single(_audit.Entries);
        await _events.DidNotReceiveWithAnyArgs().PublishAsync<NoteCreated>(null!, default);
    }

    [Theory]
    [InlineData("Lunch is late", true)]
    [InlineData(" ", false)]
    [InlineData(null, false)]
    [InlineData("two\nlines", false)]
    public void A_title_is_one_line(string? title, bool isValid) => Assert.Equal(isValid, new CreateNoteValidator().Validate(Command(title)).IsValid);

    private Task<Result<Note>> CreateAsync(string title) =>
        new CreateNoteHandler(_notes, _caller, _clock, _audit, _events).Handle(Command(title), CancellationToken.None);

    private static CreateNoteCommand Command(string? title) => new(Body<CreateNoteRequest>.Of(new CreateNoteRequest(title)));
}
