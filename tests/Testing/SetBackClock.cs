namespace Monolith.Testing;

/// <summary>A clock whose wall time can be set back while its time passes on, which <c>FakeTimeProvider</c> cannot.</summary>
public sealed class SetBackClock(DateTimeOffset start) : TimeProvider
{
    private DateTimeOffset _wall = start;
    private long _passed;

    /// <inheritdoc />
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc />
    public override DateTimeOffset GetUtcNow() => _wall;

    /// <inheritdoc />
    public override long GetTimestamp() => _passed;

    /// <summary>Somebody corrects the wall time.</summary>
    public void SetBack(TimeSpan by) => _wall -= by;

    /// <summary>Time goes by.</summary>
    public void Pass(TimeSpan time)
    {
        _wall += time;
        _passed += time.Ticks;
    }
}
