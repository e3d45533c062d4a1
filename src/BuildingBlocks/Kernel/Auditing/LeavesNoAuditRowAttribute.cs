namespace Monolith.Kernel.Auditing;

/// <summary>Waives the audit row of a command; the reason is part of the code. Every other command leaves one when it succeeds and has changed something: a test tries each.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class LeavesNoAuditRowAttribute(string reason) : Attribute
{
    /// <summary>Why there is nothing to tell.</summary>
    public string Reason => reason;
}
