using NJsonSchema;
using NJsonSchema.CodeGeneration;
using NSwag;
using NSwag.CodeGeneration;

namespace Monolith.Client.Tests;

/// <summary>The names of the wire (<c>last_seen_at</c>, <c>If-Match</c>, <c>*</c>) as C# writes them.</summary>
internal sealed class Names : IPropertyNameGenerator, IEnumNameGenerator, IParameterNameGenerator
{
    public string Generate(JsonSchemaProperty property) => Pascal(property.Name);

    public string Generate(int index, string? name, object? value, JsonSchema schema) => Pascal(name ?? "");

    public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> allParameters)
    {
        var name = Pascal(parameter.Name);
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    private static string Pascal(string name) =>
        name is "" ? "None"
        : name is "*" ? "Any"
        : string.Concat(name.Split('_', '-', '.', ' ').Where(part => part.Length > 0).Select(part => char.ToUpperInvariant(part[0]) + part[1..]));
}
