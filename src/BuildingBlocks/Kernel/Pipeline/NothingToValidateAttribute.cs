namespace Monolith.Kernel.Pipeline;

/// <summary>Waives the validator of a request type; the reason is part of the code.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class NothingToValidateAttribute(string reason) : Attribute
{
    /// <summary>Why every value of the request is acceptable to its handler.</summary>
    public string Reason => reason;
}
