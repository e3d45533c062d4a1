namespace Monolith.Kernel.Auditing;

/// <summary>Stands in the state before or after for a secret that changed: that it did is told, and nothing of it.</summary>
public sealed record AuditSecret
{
    private AuditSecret()
    {
    }

    /// <summary>The only one.</summary>
    public static AuditSecret Changed { get; } = new();

    /// <summary>The mark by which readers of the log know it.</summary>
#pragma warning disable CA1822 // only members of an instance are serialized
    public bool Secret => true;
#pragma warning restore CA1822
}
