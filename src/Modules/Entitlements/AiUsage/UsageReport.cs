using Monolith.BuildingBlocks.Results;

namespace Monolith.Entitlements.AiUsage;

/// <summary>What became of a report of usage.</summary>
/// <param name="Accepted">New events stored.</param>
/// <param name="Duplicates">Events that were known.</param>
/// <param name="Rejected">Events that could not be stored, each with its reason.</param>
internal sealed record UsageReportAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected);

/// <summary>An event that was refused alone. <paramref name="Id"/> is left out when the event has no readable one.</summary>
internal sealed record RejectedEvent(int Index, Guid? Id, string Field, string Detail);

/// <summary>An event by its place in the report: readable, or refused.</summary>
internal sealed record ReportedEvent<T>(int Index, Guid? Id, T? Event, FieldError? Fault)
    where T : class
{
    public RejectedEvent Reject(FieldError fault) => new(Index, Id, fault.Field, fault.Detail);
}

/// <summary>A report while it is checked: events leave it one rule after the other.</summary>
internal sealed class UsageReport<T>(IReadOnlyList<ReportedEvent<T>> events)
    where T : class
{
    public const int MaxEvents = 1000;

    private readonly List<RejectedEvent> _rejected = [.. events.Where(e => e.Event is null).Select(e => e.Reject(e.Fault!))];
    private List<ReportedEvent<T>> _remaining = [.. events.Where(e => e.Event is not null)];

    public IEnumerable<T> Events => _remaining.Select(e => e.Event!);

    /// <summary>Refuses the events that <paramref name="rule"/> finds fault with, in order.</summary>
    public void Apply(Func<T, FieldError?> rule)
    {
        var kept = new List<ReportedEvent<T>>(_remaining.Count);
        foreach (var reported in _remaining)
        {
            if (rule(reported.Event!) is { } fault)
                _rejected.Add(reported.Reject(fault));
            else
                kept.Add(reported);
        }

        _remaining = kept;
    }

    public UsageReportAnswer Answer(int accepted) =>
        new(accepted, _remaining.Count - accepted, [.. _rejected.OrderBy(rejected => rejected.Index)]);
}
