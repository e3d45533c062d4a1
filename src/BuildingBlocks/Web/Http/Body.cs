using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.Unicode;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Metadata;
using Monolith.Kernel.Json;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;

namespace Monolith.Web.Http;

/// <summary>A JSON request body that binding never refuses: it is either a value or the <see cref="Kernel.Results.Error"/> that the pipeline answers in its turn.</summary>
/// <remarks>The Content-Type is not looked at, except that a multipart body is refused. Unknown members are ignored; text after the first value is an error.</remarks>
public sealed class Body<T> : IRequestBody, IEndpointParameterMetadataProvider
    where T : class
{
    private readonly T? _value;

    private Body(T? value, Error? error) => (_value, Error) = (value, error);

    /// <summary>Why there is no value.</summary>
    public Error? Error { get; }

    /// <summary>The body. Read it only after the pipeline let the request pass.</summary>
    public T Value => _value ?? throw new InvalidOperationException("The body was not readable.");

    /// <summary>A body made in code, by pages and tests.</summary>
    public static Body<T> Of(T value) => new(value, null);

    /// <summary>Called by the framework.</summary>
    public static async ValueTask<Body<T>?> BindAsync(HttpContext context)
    {
        // Whatever else a client calls its JSON is read; these are never JSON.
        if (context.Request.ContentType?.TrimStart().StartsWith("multipart/", StringComparison.OrdinalIgnoreCase) == true)
            return new(null, new Error(ErrorKind.UnsupportedMediaType, "The request body must be JSON.", "Multipart bodies are not read."));
        try
        {
            using var buffer = new MemoryStream();
            await context.Request.Body.CopyToAsync(buffer, context.RequestAborted);
            return Parse(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
        }
        catch (Exception exception) when (BodyFault.Explain(exception) is { } fault)
        {
            return new(null, fault);
        }
    }

    /// <summary>Reads UTF-8 JSON.</summary>
    public static Body<T> Parse(ReadOnlySpan<byte> utf8)
    {
        // The reader does not look into the names and values of members that it skips.
        if (!Utf8.IsValid(utf8))
            return new(null, Error.BadRequest("The request body must be valid JSON.", "The body is not UTF-8 text."));
        try
        {
            return JsonSerializer.Deserialize<T>(utf8, WireJson.Options) is { } value
                ? new(value, null)
                : new(null, Error.BadRequest("The request body must be a JSON object.", "The body was null."));
        }
        catch (JsonException exception)
        {
            return new(null, Explain(exception));
        }
    }

    static void IEndpointParameterMetadataProvider.PopulateMetadata(ParameterInfo parameter, Microsoft.AspNetCore.Builder.EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json", "*/*"], typeof(T)));

    private static Error Explain(JsonException exception)
    {
        var field = FieldOf(exception.Path);
        return field.Length == 0
            ? Error.BadRequest("The request body must be valid JSON.", $"Invalid JSON at line {exception.LineNumber + 1}, byte {exception.BytePositionInLine}.")
            : Error.BadRequest("The request body must be valid JSON.") with
            {
                Validations = [new FieldError(field, "This value is malformed or of the wrong type.")],
            };
    }

    /// <summary><c>$.Organization_IDs[0]</c> becomes <c>organization_ids[0]</c>. It ends before the first name that the client chose: a dictionary key or an unknown member.</summary>
    private static string FieldOf(string? path)
    {
        var type = WireJson.Options.GetTypeInfo(typeof(T));
        var rest = (path ?? "").TrimStart('$');
        var field = "";
        while (rest.Length > 0 && Step(type, rest) is var (length, name, next))
        {
            field += name;
            (type, rest) = (next, rest[length..]);
        }

        return field.TrimStart('.');
    }

    private static (int Length, string Name, JsonTypeInfo Next)? Step(JsonTypeInfo type, string rest)
    {
        var more = rest.AsSpan(1).IndexOfAny('.', '[') + 1;
        var length = more == 0 ? rest.Length : more;
        if (rest[0] == '[')
            return type is { Kind: JsonTypeInfoKind.Enumerable, ElementType: { } element } ? (length, rest[..length], WireJson.Options.GetTypeInfo(element)) : null;
        var name = rest[1..length];
        var property = type.Kind == JsonTypeInfoKind.Object ? type.Properties.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) : null;
        return property is null ? null : (length, "." + property.Name, WireJson.Options.GetTypeInfo(property.PropertyType));
    }
}
