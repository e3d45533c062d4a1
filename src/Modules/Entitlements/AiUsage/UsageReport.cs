using System.Text.Json;
using Monolith.BuildingBlocks.Authorization;
using Monolith.BuildingBlocks.Results;

namespace Monolith.Entitlements.AiUsage;

/// <summary>What became of a report of usage.</summary>
/// <param name="Accepted">New events stored.</param>
/// <param name="Duplicates">Events that were known.</param>
/// <param name="Rejected">Events that could not be stored, each with its reason.</param>
internal sealed record UsageReportAnswer(int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected);

/// <summary>An event that was refused alone. <paramref name="Id"/> is left out when the event has no readable one.</summary>
internal sealed record RejectedEvent(int Index, Guid? Id, string Field, string Detail);

/// <summary>A kind of event that may be reported.</summary>
internal interface IUsageEvent<TSelf>
    where TSelf : class, IUsageEvent<TSelf>
{
    /// <summary>Where its events stand in a body.</summary>
    static abstract string Envelope { get; }

    /// <summary>What its evidence of AI use is called.</summary>
    static abstract string SeatEventType { get; }

    /// <summary>What the caller must be allowed to create.</summary>
    static abstract ResourceType Resource { get; }

    /// <summary>The same again is a duplicate.</summary>
    Guid Id { get; }

    /// <summary>The evidence of AI use, or null when it is none.</summary>
    SeatEvidence? Evidence { get; }

    /// <summary>Reads one event; the reader remembers the first fault.</summary>
    static abstract TSelf Read(EventReader reader);

    /// <summary>What the caller must be allowed to create; null when the event does not say whose it is.</summary>
    static abstract ResourceObject? TargetOf(EventReader reader);
}

/// <summary>An event by its place in the report: readable, or refused.</summary>
internal sealed record ReportedEvent<T>(int Index, Guid? Id, T? Event, FieldError? Fault)
    where T : class
{
    public RejectedEvent Reject(FieldError fault) => new(Index, Id, fault.Field, fault.Detail);
}

/// <summary>The events of a report as they were sent. Malformed ones are refused alone, but whoever they name is asked about like the others.</summary>
internal sealed record UsageEvents<T>(Error? Error, IReadOnlyList<ReportedEvent<T>> Events, IReadOnlyList<ResourceObject> Targets)
    where T : class, IUsageEvent<T>
{
    public const int Most = 1000;

    /// <summary>A report that could not be read at all.</summary>
    public static UsageEvents<T> Unreadable(Error error) => new(error, [], []);

    /// <param name="sources">The events; they are counted from <paramref name="firstIndex"/>.</param>
    /// <param name="now">Events may lie a little in the future.</param>
    /// <param name="firstIndex">The place of the first event.</param>
    public static UsageEvents<T> Of(IReadOnlyList<JsonElement> sources, DateTimeOffset now, int firstIndex = 0)
    {
        if (sources.Count > Most)
            return Unreadable(Error.Invalid(T.Envelope, $"At most {Most} events a call."));
        var readers = sources.Select(source => new EventReader(source, now)).ToList();
        return new(
            null,
            [.. readers.Select((reader, place) => ReadOne(firstIndex + place, reader))],
            [.. readers.Select(T.TargetOf).OfType<ResourceObject>().Distinct()]);
    }

    private static ReportedEvent<T> ReadOne(int index, EventReader reader)
    {
        var happened = T.Read(reader);
        return new(index, reader.OptionalUuid("id"), reader.Fault is null ? happened : null, reader.Fault);
    }
}

/// <summary>A report while it is checked: events leave it one rule after the other.</summary>
internal sealed class UsageReport<T>(IReadOnlyList<ReportedEvent<T>> events)
    where T : class
{
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
