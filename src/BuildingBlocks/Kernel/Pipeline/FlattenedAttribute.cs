namespace Monolith.Kernel.Pipeline;

/// <summary>The parts of this type stand on their own in a query: complaints name them without the property that holds it.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class FlattenedAttribute : Attribute;
