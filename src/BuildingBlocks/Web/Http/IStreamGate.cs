using Monolith.Kernel.Results;

namespace Monolith.Web.Http;

/// <summary>Watches over requests that may last: whole lists that are written, and events that are read, batch by batch. Scoped; implemented by the host.</summary>
public interface IStreamGate
{
    /// <summary>Takes one of the places that each caller has for streams; dispose it when the stream has ended.</summary>
    /// <returns>Null when all of them are taken: answer <see cref="StreamErrors.TooMany"/>.</returns>
    IDisposable? TryEnter();

    /// <summary>
    /// Waits until it is this stream's turn to work on a batch; dispose the turn before a client is waited for. A few batches are worked on at once,
    /// however many streams there are, so that they never take all connections or all processors from everybody else.
    /// </summary>
    ValueTask<IDisposable> TurnAsync(CancellationToken cancellationToken);

    /// <summary>Reads session and rights of the caller again, so that what is asked next is decided by what holds now.</summary>
    /// <returns>False when the session has ended, or the rights are no longer those with which the request began.</returns>
    ValueTask<bool> RenewAsync(CancellationToken cancellationToken);
}

/// <summary>Why a stream cannot begin, or cannot go on.</summary>
public static class StreamErrors
{
    /// <summary>The caller has as many streams as are allowed at once.</summary>
    public static Error TooMany { get; } = new(
        ErrorKind.TooManyRequests, "Too many lists and streams at once.", "Wait until one of them has ended, or ask for pages with a limit.", RetryAfter: TimeSpan.FromSeconds(1));
}

/// <summary>Breaks a list whose reader may no longer read it.</summary>
public sealed class StreamRevokedException() : Exception("The session has ended or its rights have changed while a list was written.");
