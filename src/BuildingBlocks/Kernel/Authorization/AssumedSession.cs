namespace Monolith.Kernel.Authorization;

/// <summary>
/// The session of a request that is taken for what it was at the request before. The database is asked with the first statement of the request, in the same round trip and before it,
/// and nothing is answered that it has not confirmed. When it says otherwise, the request begins again with the session as it is now: a round trip is saved, and nothing acts later. Scoped.
/// </summary>
public sealed class AssumedSession
{
    private Func<CancellationToken, Task>? _ask;
    private bool _isRefuted;

    /// <summary>True while the database has not been asked.</summary>
    public bool IsOpen => _ask is not null;

    /// <summary>True while nothing is assumed, and once what was is confirmed.</summary>
    public bool IsSettled => _ask is null && !_isRefuted;

    /// <summary>The session is assumed from now on.</summary>
    /// <param name="ask">Asks the database by itself, for a request that has no statement of its own.</param>
    public void Begin(Func<CancellationToken, Task> ask) => (_ask, _isRefuted) = (ask, false);

    /// <summary>What the database said, told by who asked it.</summary>
    /// <exception cref="SessionChangedException">It does not hold.</exception>
    public void Answer(bool holds)
    {
        (_ask, _isRefuted) = (null, !holds);
        ThrowIfRefuted();
    }

    /// <summary>Asks now, when no statement has. Before an answer that is made of memory alone.</summary>
    /// <exception cref="SessionChangedException">The session is another one.</exception>
    public async ValueTask ConfirmAsync(CancellationToken cancellationToken)
    {
        if (_ask is { } ask)
            await ask(cancellationToken);
        if (IsOpen)
            throw new InvalidOperationException("The session was asked for and not judged.");
        ThrowIfRefuted();
    }

    /// <summary>The request begins again, and assumes nothing.</summary>
    public void End() => (_ask, _isRefuted) = (null, false);

    // Again and again, should somebody on the way up have caught it.
    private void ThrowIfRefuted()
    {
        if (_isRefuted)
            throw new SessionChangedException();
    }
}

/// <summary>What the request assumed of its session does not hold any more. The host begins the request again; nobody else catches this, so it is given up like a request that was canceled.</summary>
public sealed class SessionChangedException() : OperationCanceledException("The session has changed since the last request.");
