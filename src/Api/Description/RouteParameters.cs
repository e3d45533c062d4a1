using Microsoft.OpenApi;

namespace Monolith.Api.Description;

/// <summary>What the parts of a path are.</summary>
internal static class RouteParameters
{
    private static readonly Dictionary<string, (string Meaning, string? Format)> Known = new()
    {
        ["user"] = ("A user: the id, the username in any case, or `me`.", null),
        ["organization"] = ("An organization: the id, the name in any case, or `default`.", null),
        ["group"] = ("The id of a group.", "uuid"),
        ["groupName"] = ("The name of a group, in the same case.", null),
        ["keyid"] = ("The id of a key: the part of a token before the hyphen.", null),
        ["keyname"] = ("The name of a token.", null),
        ["roleName"] = ("The name of a custom role.", null),
        ["id"] = ("The id of a license, a number.", null),
    };

    public static void Describe(OpenApiOperation operation)
    {
        foreach (var parameter in operation.Parameters?.OfType<OpenApiParameter>() ?? [])
        {
            if (parameter is { In: ParameterLocation.Header, Name: "If-Match" })
                parameter.Description ??= "The ETag of what is to be replaced, or `*`. Absent: whatever is there.";
            if (parameter.In != ParameterLocation.Path || parameter.Name is not { } name || !Known.TryGetValue(name, out var known))
                continue;
            parameter.Description ??= known.Meaning;
            if (parameter.Schema is OpenApiSchema schema && known.Format is { } format)
                schema.Format = format;
            if (parameter.Schema is OpenApiSchema number && name == "id")
                (number.Type, number.Format) = (JsonSchemaType.Integer, "int32");
        }
    }
}
