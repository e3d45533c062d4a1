namespace Monolith.Sample.Contracts;

/// <summary>Somebody wrote a note.</summary>
public sealed record NoteCreated(Guid NoteId) : IEvent;
