using System.Text.Json;
using System.Text.Json.Serialization;

namespace Monolith.Entitlements.AiUsage;

/// <summary>What became of a report of usage. A report in lines is told more of, so far in a progress line, or in all.</summary>
/// <param name="Accepted">New events stored.</param>
/// <param name="Duplicates">Events that were known.</param>
/// <param name="Rejected">Events that could not be stored, each with its reason. Of lines: those of this batch in a progress line, the first 1000 in a final answer.</param>
/// <param name="RejectedCount">Of lines: the number of all events that could not be stored.</param>
/// <param name="Batches">Of lines: transactions committed.</param>
/// <param name="Done">Of lines: false in a progress line.</param>
/// <param name="Error">Of lines: why the stream was given up, in the last progress line.</param>
internal sealed record UsageReportResult(
    int Accepted, int Duplicates, IReadOnlyList<RejectedEvent> Rejected, int? RejectedCount = null, int? Batches = null, bool? Done = null, ErrorBody? Error = null);

/// <summary>An event that was refused alone, by its place in the report from 0; blank lines are not counted. <paramref name="Id"/> is null when the event has no readable one, <paramref name="Field"/> is empty when it is no object.</summary>
internal sealed record RejectedEvent(int Index, [property: JsonIgnore(Condition = JsonIgnoreCondition.Never)] Guid? Id, string Field, string Detail);

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

/// <summary>An event by its place in the report. Where <paramref name="Fault"/> is set, parts of what it says are missing.</summary>
internal sealed record ReportedEvent<T>(int Index, Guid? Id, T Said, FieldError? Fault)
    where T : class;

/// <summary>The events of a report as they were sent. Malformed ones are refused alone, but whoever they name is asked about like the others.</summary>
internal sealed record UsageEvents<T>(Error? Error, IReadOnlyList<ReportedEvent<T>> Events, IReadOnlyList<ResourceObject> Targets) : IRequestBody
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
        return new(index, reader.OptionalUuid("id"), happened, reader.Fault);
    }
}

/// <summary>A report while it is checked: events leave it one rule after the other. They count as if each were reported alone, in their order.</summary>
internal sealed class UsageReport<T>(IReadOnlyList<ReportedEvent<T>> events)
    where T : class, IUsageEvent<T>
{
    private readonly List<RejectedEvent> _refused = [];
    private List<ReportedEvent<T>> _remaining = [.. events];

    /// <summary>Every id that can be read.</summary>
    public Guid[] Ids => [.. events.Select(reported => reported.Id).OfType<Guid>().Distinct()];

    /// <summary>Events that nothing speaks against so far.</summary>
    public IEnumerable<T> Events => _remaining.Select(reported => reported.Said);

    /// <summary>The first event of each id that nothing speaks against.</summary>
    public IReadOnlyList<T> Firsts => [.. Events.DistinctBy(one => one.Id)];

    /// <summary>Events that are stored, by this report or before it.</summary>
    public IEnumerable<T> Stored
    {
        get
        {
            var rejected = Rejected().Select(one => one.Index).ToHashSet();
            return events.Where(reported => !rejected.Contains(reported.Index)).Select(reported => reported.Said);
        }
    }

    /// <summary>Takes out what is stored already, whatever else it says, and then what cannot be read.</summary>
    public void Begin(IReadOnlySet<Guid> known)
    {
        _remaining.RemoveAll(reported => reported.Id is { } id && known.Contains(id));
        Refuse(reported => reported.Fault);
    }

    /// <summary>Refuses the events that <paramref name="rule"/> finds fault with.</summary>
    public void Apply(Func<T, FieldError?> rule) => Refuse(reported => rule(reported.Said));

    public UsageReportResult Answer(int accepted)
    {
        var rejected = Rejected();
        return new(accepted, events.Count - accepted - rejected.Count, rejected);
    }

    /// <summary>What was refused, unless an event of the same id before it was taken.</summary>
    private List<RejectedEvent> Rejected()
    {
        var taken = _remaining.GroupBy(reported => reported.Id).ToDictionary(same => same.Key!.Value, same => same.Min(reported => reported.Index));
        return [.. _refused.Where(one => one.Id is not { } id || !taken.TryGetValue(id, out var first) || one.Index < first).OrderBy(one => one.Index)];
    }

    private void Refuse(Func<ReportedEvent<T>, FieldError?> rule)
    {
        var kept = new List<ReportedEvent<T>>(_remaining.Count);
        foreach (var reported in _remaining)
        {
            if (rule(reported) is { } fault)
                _refused.Add(new RejectedEvent(reported.Index, reported.Id, fault.Field, fault.Detail));
            else
                kept.Add(reported);
        }

        _remaining = kept;
    }
}
