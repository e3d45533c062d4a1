using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using Monolith.Kernel.Json;
using Monolith.Web.Http;

namespace Monolith.Api.Description;

/// <summary>
/// Says of each member whether it is always there, whether it may be null, and what it may hold. Responses leave nulls out. In a body null and an empty text
/// stand for a member that is left out, which the document says once.
/// </summary>
internal sealed class MemberSchemas(WireTypes types) : IOpenApiSchemaTransformer
{
    // How the generator marks what stands in the document once, and what it will wrap because it may be null.
    private const string SchemaId = "x-schema-id";
    private const string Nullable = "x-is-nullable-property";

    public async Task TransformAsync(OpenApiSchema schema, OpenApiSchemaTransformerContext context, CancellationToken cancellationToken)
    {
        // Members are described with the type that they belong to; the generator comes to each of them again, and to some types on that way only.
        if (context is { JsonPropertyInfo: not null, JsonTypeInfo.Kind: not JsonTypeInfoKind.Object })
            return;
        var type = System.Nullable.GetUnderlyingType(context.JsonTypeInfo.Type) ?? context.JsonTypeInfo.Type;
        if (IsText(type))
            schema.Type = JsonSchemaType.String;
        if (context.JsonTypeInfo is { Kind: JsonTypeInfoKind.Enumerable })
            schema.Items ??= await ElementAsync(context, context.JsonTypeInfo, cancellationToken);
        if (WireTypes.FormsOf(type) is { Count: > 0 } forms)
        {
            schema.OneOf = [];
            foreach (var form in forms)
                schema.OneOf.Add(await context.GetOrCreateSchemaAsync(form, null, cancellationToken));
        }
        if (context.JsonTypeInfo.Kind != JsonTypeInfoKind.Object || schema.Properties is null)
            return;

        schema.Description = DocComments.OfType(type) ?? schema.Description;
        schema.Required = new HashSet<string>();
        var isSent = types.IsSent(type);
        foreach (var member in context.JsonTypeInfo.Properties.Where(member => schema.Properties.ContainsKey(member.Name)))
        {
            var (required, nullable) = Presence(member, isSent);
            if (required)
                schema.Required.Add(member.Name);
            var wire = WireTypes.TypesOf(member)[0];
            if (wire == typeof(object))
                schema.Properties[member.Name] = new OpenApiSchema();
            else if ((System.Nullable.GetUnderlyingType(wire) ?? wire) == typeof(JsonElement))
                schema.Properties[member.Name] = new OpenApiSchema { Type = JsonSchemaType.Object };
            else if (wire != member.PropertyType)
                schema.Properties[member.Name] = await context.GetOrCreateSchemaAsync(wire, null, cancellationToken);
            if (schema.Properties[member.Name] is OpenApiSchema { Items: null } list && WireJson.Options.GetTypeInfo(wire) is { Kind: JsonTypeInfoKind.Enumerable } listed)
                list.Items = await ElementAsync(context, listed, cancellationToken);
            schema.Properties[member.Name] = Describe(member, type, nullable, schema.Properties[member.Name]);
        }
    }

    private static async Task<IOpenApiSchema> ElementAsync(OpenApiSchemaTransformerContext context, JsonTypeInfo list, CancellationToken cancellationToken) =>
        list.ElementType is not { } element || element == typeof(object) ? new OpenApiSchema()
        : element == typeof(string) ? new OpenApiSchema { Type = JsonSchemaType.String }
        : await context.GetOrCreateSchemaAsync(element, null, cancellationToken);

    private static bool IsText(Type type) => type == typeof(string) || type == typeof(DateTimeOffset) || type.IsEnum;

    /// <summary>Whether a member is always there, and whether it may be null.</summary>
    private static (bool Required, bool Nullable) Presence(JsonPropertyInfo member, bool isSent)
    {
        var required = Attribute<RequiredAttribute>(member) is not null;
        if (isSent)
            return (required, Attribute<MayBeNullAttribute>(member) is not null);
        var mayBeNull = member.IsGetNullable || System.Nullable.GetUnderlyingType(member.PropertyType) is not null;
        return mayBeNull ? (IsAlwaysWritten(member), IsAlwaysWritten(member)) : (true, false);
    }

    private static bool IsAlwaysWritten(JsonPropertyInfo member) => Attribute<JsonIgnoreAttribute>(member) is { Condition: JsonIgnoreCondition.Never };

    private static IOpenApiSchema Describe(JsonPropertyInfo member, Type owner, bool nullable, IOpenApiSchema schema)
    {
        var plain = WithoutNull(schema);
        if (Attribute<OneOfAttribute>(member) is { } values)
            plain = Named(values, plain);
        if (plain is not OpenApiSchema own)
            return plain;
        // The generator cannot look into converters of our own: without this, text and times have no type.
        if (own.Type is (null or 0) && IsText(System.Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType))
            own.Type = JsonSchemaType.String;
        // What has no name of its own is marked with an empty one.
        var isNamed = own.Metadata?.TryGetValue(SchemaId, out var id) == true && id is string { Length: > 0 };
        if (!isNamed)
            own.Description ??= DocComments.OfMember(owner, member);
        // The generator wraps what has a name, after it has described the members of it: it would not look into a wrapper of ours.
        if (nullable && isNamed)
            own.Metadata![Nullable] = true;
        else if (nullable)
            own.Type |= JsonSchemaType.Null;
        return own;
    }

    /// <summary>A text, or a list of texts, of which all values are known: they stand in the document once, under their name.</summary>
    private static OpenApiSchema Named(OneOfAttribute values, IOpenApiSchema plain)
    {
        var named = new OpenApiSchema
        {
            Type = JsonSchemaType.String,
            Enum = [.. values.Values.Select(value => (JsonNode)JsonValue.Create(value))],
            Metadata = new Dictionary<string, object> { [SchemaId] = values.Name },
        };
        if (plain is not OpenApiSchema { Items: not null } list)
            return named;
        list.Items = named;
        return list;
    }

    /// <summary>The schema without the null that the generator adds for what C# calls nullable.</summary>
    private static IOpenApiSchema WithoutNull(IOpenApiSchema schema)
    {
        if (schema is not OpenApiSchema own)
            return schema;
        if (own.OneOf?.Where(one => one is not OpenApiSchema { Type: JsonSchemaType.Null }).ToList() is [var only])
            return only;
        own.Metadata?.Remove(Nullable);
        own.Type &= ~JsonSchemaType.Null;
        return own;
    }

    private static T? Attribute<T>(JsonPropertyInfo member)
        where T : Attribute => (member.AttributeProvider as MemberInfo)?.GetCustomAttribute<T>();
}
