using System.Reflection;

namespace Monolith.Web.Http;

/// <summary>The values that a text or a query parameter may take on the wire, for the API document; for a list, each of its elements.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Parameter)]
public sealed class OneOfAttribute : Attribute
{
    private readonly Func<IEnumerable<string>> _values;

    /// <summary>The values that a type lists.</summary>
    /// <param name="list">A type with a static property <c>All</c> of texts. Its name, without Names at the end, names the values in the document.</param>
    public OneOfAttribute(Type list)
    {
        Name = list.Name.EndsWith("Names", StringComparison.Ordinal) ? list.Name[..^"Names".Length] : list.Name;
        var all = list.GetProperty("All", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic)
            ?? throw new ArgumentException($"{list.Name} has no static property All.", nameof(list));
        _values = () => (IEnumerable<string>)all.GetValue(null)!;
    }

    /// <summary>The values, where no type lists them.</summary>
    /// <param name="name">Their name in the document.</param>
    /// <param name="values">All of them.</param>
    public OneOfAttribute(string name, params string[] values) => (Name, _values) = (name, () => values);

    /// <summary>The name of the values in the document, such as <c>UserStatus</c>.</summary>
    public string Name { get; }

    /// <summary>All values, read when they are asked for: modules may add some while the host starts.</summary>
    public IReadOnlyList<string> Values => [.. _values()];
}

/// <summary>The form on the wire, where the type in the code says less: JSON that is read by hand.</summary>
/// <param name="types">What clients send or get; several are alternatives.</param>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Class)]
public sealed class WireTypeAttribute(params Type[] types) : Attribute
{
    /// <summary>What clients send or get.</summary>
    public IReadOnlyList<Type> Types => types;
}

/// <summary>In a body, null is something else than a member that is left out.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class MayBeNullAttribute : Attribute;
