using System.Globalization;
using Monolith.Api.Http.Limits;
using Monolith.Members.Contracts;
using Monolith.Web.Http;

namespace Monolith.Api.Http;

/// <inheritdoc cref="IStreamGate" />
internal sealed class StreamGate(CallerContext caller, ISessions sessions, StreamPlaces places) : IStreamGate
{
    public IDisposable? TryEnter() =>
        places.TryTake(caller.IsAuthenticated ? caller.UserId.ToString("N", CultureInfo.InvariantCulture) : caller.Address ?? "unknown");

    public ValueTask<IDisposable> TurnAsync(CancellationToken cancellationToken) => places.TurnAsync(cancellationToken);

    public async ValueTask<bool> RenewAsync(CancellationToken cancellationToken)
    {
        if (caller.Token is not { } token)
            return true;
        var session = await sessions.AuthenticateAsync(token, null, cancellationToken);
        var same = session.Subject is not null && Equals(session.Rights, caller.Rights);
        caller.Renew(session);
        return same;
    }
}

/// <summary>The streams under way, counted for each caller: <c>Limits:StreamsPerCaller</c> (32) at once; zero or less is no limit. Singleton.</summary>
internal sealed class StreamPlaces(LimitSettings settings) : IDisposable
{
    private readonly int _most = settings.StreamsPerCaller;
    private readonly OpenCounts<string> _taken = new();
    private readonly SemaphoreSlim _turns = new(Math.Max(2, Environment.ProcessorCount));

    public async ValueTask<IDisposable> TurnAsync(CancellationToken cancellationToken)
    {
        await _turns.WaitAsync(cancellationToken);
        return new Place(() => _turns.Release());
    }

    public IDisposable? TryTake(string caller)
    {
        var count = _taken.Enter(caller);
        var place = new Place(() => _taken.Leave(caller));
        if (_most <= 0 || count <= _most)
            return place;
        place.Dispose();
        return null;
    }

    public void Dispose() => _turns.Dispose();

    private sealed class Place(Action leave) : IDisposable
    {
        private Action? _leave = leave;

        public void Dispose() => Interlocked.Exchange(ref _leave, null)?.Invoke();
    }
}
