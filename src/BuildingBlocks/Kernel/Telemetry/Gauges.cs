using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace Monolith.Kernel.Telemetry;

/// <summary>Numbers that are read now and then and told between: a scrape costs no query. What could not be read is not told. Singleton.</summary>
public sealed class Gauges : IDisposable
{
    private readonly ConcurrentDictionary<string, double> _values = new();
    private readonly ConcurrentDictionary<string, bool> _declared = new();

    // One of its own for each host: an old host's numbers end with it.
    private readonly Meter _meter = new(MonolithMeter.Name);

    /// <summary>Tells a number until the next one.</summary>
    /// <param name="name">Lower case with dots.</param>
    /// <param name="unit">In the words of UCUM, such as <c>s</c> or <c>{user}</c>; null leaves the name as it is.</param>
    /// <param name="description">One sentence.</param>
    /// <param name="value">Null: there is none at this moment.</param>
    public void Tell(string name, string? unit, string description, double? value)
    {
        if (value is { } number)
            _values[name] = number;
        else
            _values.TryRemove(name, out _);
        if (_declared.TryAdd(name, true))
            _meter.CreateObservableGauge(name, () => _values.TryGetValue(name, out var current) ? [new Measurement<double>(current)] : Array.Empty<Measurement<double>>(), unit, description);
    }

    /// <summary>Tells none of them any more, until they are read again.</summary>
    public void Forget() => _values.Clear();

    /// <inheritdoc />
    public void Dispose() => _meter.Dispose();
}

/// <summary>Reads numbers of a module for <see cref="Gauges"/>: kept numbers and short indexes, never a scan. Scoped; it works beside the requests.</summary>
public interface IGaugeSource
{
    /// <summary>Tells all of its numbers.</summary>
    Task ReadAsync(Gauges gauges, CancellationToken cancellationToken);
}
