namespace Monolith.Kernel.Privacy;

/// <summary>What one part of the program stores about a person: told whole to whoever may know, and replaced when the person is erased. Every module with such data registers one. Scoped.</summary>
public interface IUserData
{
    /// <summary>The names of the sections, snake_case, in the order of <see cref="ReadAsync"/>.</summary>
    IReadOnlyList<string> Sections { get; }

    /// <summary>
    /// A piece of a section, each entry as one JSON object: memory holds one piece. Never a secret, a hash or what other people alone are told.
    /// </summary>
    /// <param name="section">One of <see cref="Sections"/>.</param>
    /// <param name="userId">Whose; also somebody who is deleted.</param>
    /// <param name="after">The <see cref="UserDataPage.Next"/> of the piece before, or null.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<UserDataPage> ReadAsync(string section, Guid userId, string? after, CancellationToken cancellationToken);

    /// <summary>Replaces what tells who it was, in the transaction under way. Ids, times and counts stay. It may run twice.</summary>
    Task EraseAsync(UserErasure person, CancellationToken cancellationToken);
}

/// <summary>A piece of a section.</summary>
/// <param name="Entries">JSON objects.</param>
/// <param name="Next">Where the next piece begins; null after the last.</param>
public sealed record UserDataPage(IReadOnlyList<string> Entries, string? Next);

/// <summary>Somebody is being erased.</summary>
/// <param name="UserId">Who.</param>
/// <param name="Placeholder">What stands in place of their names.</param>
/// <param name="Words">Their names and addresses of today; those of earlier days, each part knows itself. No empty ones.</param>
/// <param name="ActorId">Who asked for it; null for the program, whose time limit was over.</param>
public sealed record UserErasure(Guid UserId, string Placeholder, IReadOnlyList<string> Words, Guid? ActorId);
