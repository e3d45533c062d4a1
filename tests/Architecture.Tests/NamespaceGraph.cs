using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Monolith.Architecture.Tests;

/// <summary>Which namespaces of one assembly use which others of it, read from its metadata and its instructions. Constants leave no trace there.</summary>
internal sealed class NamespaceGraph
{
    private readonly Dictionary<(string From, string To), string> _uses = [];

    private NamespaceGraph()
    {
    }

    /// <summary>Each pair once, with an example of two types.</summary>
    public IReadOnlyDictionary<(string From, string To), string> Uses => _uses;

    public static NamespaceGraph Of(Assembly assembly)
    {
        var graph = new NamespaceGraph();
        using var module = ModuleDefinition.ReadModule(assembly.Location);
        foreach (var type in module.GetTypes().Where(type => Outermost(type).Namespace.StartsWith("Monolith.", StringComparison.Ordinal)))
        {
            foreach (var used in Named(type).SelectMany(Parts).Where(used => used.Scope == module))
                graph.Add(Outermost(type), Outermost(used.GetElementType()));
        }

        return graph;
    }

    /// <summary>Groups of namespaces that reach each other, each told by the uses between its members.</summary>
    public IReadOnlyList<string> Circles()
    {
        var nodes = _uses.Keys.SelectMany(use => new[] { use.From, use.To }).Distinct().ToList();
        var reach = nodes.ToDictionary(node => node, Reachable);
        var circles = new List<string>();
        foreach (var group in nodes.GroupBy(node => string.Join(' ', nodes.Where(other => reach[node].Contains(other) && reach[other].Contains(node)).Order())).Where(group => group.Key.Contains(' ', StringComparison.Ordinal)))
        {
            var members = group.ToHashSet();
            var ties = _uses.Where(use => members.Contains(use.Key.From) && members.Contains(use.Key.To)).Select(use => $"  {use.Key.From} -> {use.Key.To}: {use.Value}");
            circles.Add($"{string.Join(", ", members.Order())}\n{string.Join('\n', ties.Order())}");
        }

        return circles;
    }

    private HashSet<string> Reachable(string start)
    {
        var seen = new HashSet<string>();
        var open = new Stack<string>([start]);
        while (open.TryPop(out var node))
        {
            foreach (var (_, to) in _uses.Keys.Where(use => use.From == node && !seen.Contains(use.To)))
            {
                seen.Add(to);
                open.Push(to);
            }
        }

        return seen;
    }

    private void Add(TypeReference from, TypeReference to)
    {
        // Db<TModule> names its module by the module class, which stands above all rooms.
        if (from.Namespace != to.Namespace && to.Namespace.StartsWith("Monolith.", StringComparison.Ordinal) && !to.Name.EndsWith("Module", StringComparison.Ordinal))
            _uses.TryAdd((from.Namespace, to.Namespace), $"{from.Name} uses {to.Name}");
    }

    private static TypeReference Outermost(TypeReference type) => type.DeclaringType is { } outer ? Outermost(outer) : type;

    private static IEnumerable<TypeReference> Parts(TypeReference? type) => type switch
    {
        null or GenericParameter => [],
        GenericInstanceType generic => [generic.ElementType, .. generic.GenericArguments.SelectMany(Parts)],
        TypeSpecification wrapped => Parts(wrapped.ElementType),
        _ => [type],
    };

    private static IEnumerable<TypeReference?> Named(TypeDefinition type) =>
    [
        type.BaseType,
        .. type.Interfaces.Select(one => one.InterfaceType),
        .. type.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. Attributes(type),
        .. type.Properties.SelectMany(Attributes),
        .. type.Fields.Select(field => field.FieldType),
        .. type.Methods.SelectMany(Named),
    ];

    private static IEnumerable<TypeReference?> Named(MethodDefinition method) =>
    [
        method.ReturnType,
        .. method.Parameters.Select(parameter => parameter.ParameterType),
        .. method.GenericParameters.SelectMany(parameter => parameter.Constraints).Select(constraint => constraint.ConstraintType),
        .. Attributes(method),
        .. method.HasBody ? method.Body.Variables.Select(variable => variable.VariableType) : [],
        .. method.HasBody ? method.Body.Instructions.SelectMany(Named) : [],
    ];

    private static IEnumerable<TypeReference?> Named(Instruction instruction) => instruction.Operand switch
    {
        TypeReference type => [type],
        GenericInstanceMethod generic => [generic.DeclaringType, .. generic.GenericArguments],
        MethodReference method => [method.DeclaringType],
        FieldReference field => [field.DeclaringType],
        _ => [],
    };

    private static IEnumerable<TypeReference?> Attributes(Mono.Cecil.ICustomAttributeProvider provider) => provider.CustomAttributes.Select(attribute => attribute.AttributeType);
}
