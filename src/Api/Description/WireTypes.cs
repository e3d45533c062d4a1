using System.Reflection;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http.Metadata;
using Monolith.Kernel.Json;
using Monolith.Web.Http;

namespace Monolith.Api.Description;

/// <summary>Which types clients send: what may be missing from them is something else than what may be missing from a response.</summary>
internal sealed class WireTypes(EndpointDataSource endpoints)
{
    private readonly Lazy<IReadOnlySet<Type>> _sent = new(() => Closure(endpoints.Endpoints
        .SelectMany(endpoint => endpoint.Metadata.OfType<IAcceptsMetadata>())
        .Select(accepts => accepts.RequestType)
        .OfType<Type>()));

    /// <summary>True for a type that stands in the body of a request.</summary>
    public bool IsSent(Type type) => _sent.Value.Contains(type);

    private static HashSet<Type> Closure(IEnumerable<Type> roots)
    {
        var found = new HashSet<Type>();
        var open = new Stack<Type>(roots);
        while (open.TryPop(out var type))
        {
            if (!found.Add(type))
                continue;
            var info = WireJson.Options.GetTypeInfo(type);
            foreach (var part in info.Properties.SelectMany(TypesOf).Concat(FormsOf(type)).Append(info.ElementType).OfType<Type>())
                open.Push(part);
        }
        return found;
    }

    /// <summary>The types of a member on the wire.</summary>
    public static IReadOnlyList<Type> TypesOf(JsonPropertyInfo member) =>
        (member.AttributeProvider as MemberInfo)?.GetCustomAttribute<WireTypeAttribute>()?.Types ?? [member.PropertyType];

    /// <summary>The forms of a type that is read by hand; empty for others.</summary>
    public static IReadOnlyList<Type> FormsOf(Type type) => type.GetCustomAttribute<WireTypeAttribute>()?.Types ?? [];
}
