using System.Diagnostics.Metrics;

namespace Monolith.Kernel.Telemetry;

/// <summary>The meter of everything that this program counts itself. Names are lower case with dots; exporters write them in their own way.</summary>
public static class MonolithMeter
{
    /// <summary>Its name, for exporters.</summary>
    public const string Name = "Monolith";

    /// <summary>The meter; one a process.</summary>
    public static Meter Instance { get; } = new(Name);
}
