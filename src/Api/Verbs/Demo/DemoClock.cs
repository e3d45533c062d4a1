namespace Monolith.Api.Verbs.Demo;

/// <summary>A clock that can be set back, so that the people of the demo came before they used anything.</summary>
internal sealed class DemoClock : TimeProvider
{
    private TimeSpan _back;

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - _back;

    /// <summary>It is so many days ago from now on; 0 is today.</summary>
    public void SetBack(double days) => _back = TimeSpan.FromDays(days);
}
