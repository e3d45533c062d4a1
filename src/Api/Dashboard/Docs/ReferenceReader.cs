using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Monolith.Web.Http;

namespace Monolith.Api.Dashboard.Docs;

/// <summary>Makes of the API document what its pages show.</summary>
internal sealed partial class ReferenceReader
{
    // What a list is paged with; routes that have no limit may use these names for something else.
    private static readonly string[] PagingNames = ["limit", "offset", "after_id", "count"];

    private readonly JsonNode _document;
    private readonly SchemaReader _schemas;
    private readonly OperationReader _reader;
    private readonly List<(string Path, string Method, JsonNode Operation)> _operations;

    private ReferenceReader(JsonNode document)
    {
        _document = document;
        _schemas = new(document["components"]?["schemas"] as JsonObject ?? []);
        _operations = [.. Members(document["paths"]).SelectMany(path => Members(path.Value).Select(one => (path.Key, one.Key, one.Value!)))];
        _reader = new(_schemas, Responses().Select(response => OperationReader.HeadersOf(response.Value!).ToHashSet()).Aggregate((all, one) => [.. all.Intersect(one)]));
    }

    public static ApiReference Read(JsonNode document) => new ReferenceReader(document).Read();

    private ApiReference Read()
    {
        var info = _document["info"]!;
        return new(
            info["title"]!.ToString(),
            info["version"]!.ToString(),
            info["description"]?.ToString() ?? "",
            [.. (_document["tags"] as JsonArray ?? []).Select(tag => Tag(tag!["name"]!.ToString(), tag["description"]?.ToString() ?? ""))],
            [.. Members(_document["components"]?["securitySchemes"]).Select(one => Token(one.Value!))],
            [.. Responses().Where(one => OperationReader.IsFailure(one.Key)).DistinctBy(one => one.Key).OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => Described(KeyValuePair.Create(OperationReader.Label(one.Key), one.Value)))],
            _schemas.Named(nameof(ErrorBody)),
            _schemas.TypesBelow([_document["components"]?["schemas"]?[nameof(ErrorBody)]]),
            Paging(),
            [.. Members(_document["components"]?["headers"]).Select(Described)]);
    }

    private ReferenceTag Tag(string name, string description)
    {
        var own = _operations.Where(one => one.Operation["tags"]?[0]?.ToString() == name).ToList();
        var operations = own.Select(one => _reader.Read(one.Path, one.Method, one.Operation))
            .OrderBy(operation => operation.Path, StringComparer.Ordinal).ThenBy(operation => operation.MayChange).ToList();

        // The members of a body are shown with the operation; what they are made of, and what comes back, stands below all operations.
        var sent = own.SelectMany(one => Members(one.Operation["requestBody"]?["content"])).Select(one => (JsonNode?)_schemas.Resolve(one.Value?["schema"]));
        var answered = own.SelectMany(one => Members(one.Operation["responses"])).Where(one => !OperationReader.IsFailure(one.Key)).Select(one => one.Value);
        return new(name, Slug(name), description, operations, _schemas.TypesBelow(sent.Concat(answered)));
    }

    private static ReferenceMember Token(JsonNode scheme) => scheme["scheme"] is { } kind
        ? new("Authorization", [new($"header, {kind}")], false, scheme["description"]?.ToString() ?? "")
        : new(scheme["name"]!.ToString(), [new(scheme["in"]!.ToString())], false, scheme["description"]?.ToString() ?? "");

    private List<ReferenceMember> Paging() =>
    [
        .. _operations.Select(one => _reader.Read(one.Path, one.Method, one.Operation).Parameters.Where(parameter => parameter.Place == "query").Select(parameter => parameter.Member).ToList())
            .Where(parameters => parameters.Exists(one => one.Name == PagingNames[0]))
            .SelectMany(parameters => parameters)
            .Where(one => PagingNames.Contains(one.Name))
            .DistinctBy(one => one.Name)
            .OrderBy(one => Array.IndexOf(PagingNames, one.Name)),
    ];

    private static ReferenceMember Described(KeyValuePair<string, JsonNode?> one) =>
        new(one.Key, one.Value?["schema"] is { } schema ? SchemaReader.Words(schema) : [], false, one.Value?["description"]?.ToString() ?? "");

    private IEnumerable<KeyValuePair<string, JsonNode?>> Responses() => _operations.SelectMany(one => Members(one.Operation["responses"]));

    private static JsonObject Members(JsonNode? node) => node as JsonObject ?? [];

    private static string Slug(string name) => Gaps().Replace(name.ToLowerInvariant(), "-");

    [GeneratedRegex("[^a-z0-9]+")]
    private static partial Regex Gaps();
}
