using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Monolith.Testing;

namespace Monolith.Api.Tests.Description;

/// <summary>Sends requests and keeps what was sent and answered as examples, in which ids, times and secrets are always the same.</summary>
internal sealed partial class ExampleRecorder
{
    private const int MostElements = 2;
    private const int MostMembers = 20;

    private static readonly DateTimeOffset ExampleTime = new(2026, 1, 15, 9, 30, 0, TimeSpan.Zero);

    private readonly Dictionary<string, string> _ids = [];

    /// <summary>By operation id, in alphabetical order.</summary>
    public SortedDictionary<string, JsonObject> Examples { get; } = new(StringComparer.Ordinal);

    /// <summary>Carries an operation out; its first example stays.</summary>
    /// <param name="client">Who asks.</param>
    /// <param name="operation">The operation id.</param>
    /// <param name="request">Method and path, such as <c>GET /users/{user}?limit=2</c>.</param>
    /// <param name="values">What stands in the place of <c>{user}</c>.</param>
    /// <param name="body">The body, or null.</param>
    public async Task<ApiAnswer> DoAsync(ApiClient client, string operation, string request, object? values = null, object? body = null)
    {
        var (method, path) = (request.Split(' ')[0], request.Split(' ')[1]);
        var parameters = new JsonObject();
        foreach (var property in values?.GetType().GetProperties() ?? [])
        {
            var value = property.GetValue(values)!.ToString()!;
            path = path.Replace($"{{{property.Name}}}", value, StringComparison.Ordinal);
            parameters[property.Name] = Same(value);
        }
        foreach (var pair in path.Split('?').ElementAtOrDefault(1)?.Split('&') ?? [])
            parameters[pair.Split('=')[0]] = Same(Uri.UnescapeDataString(pair.Split('=')[1]));

        var answer = await client.SendAsync(new HttpMethod(method), path, body);
        Assert.True(answer.Code is >= 200 and < 300 || operation == "get-oidc-claims", $"{operation}: {answer.Code} {answer.Text}");
        var example = new JsonObject { ["status"] = answer.Code.ToString(CultureInfo.InvariantCulture) };
        if (parameters.Count > 0)
            example["parameters"] = parameters;
        if (body is not null)
            example["request"] = Same(System.Text.Json.JsonSerializer.SerializeToNode(body));
        if (answer.Json is { } json)
            example["response"] = Same(json);
        Examples.TryAdd(operation, example);
        return answer;
    }

    private JsonNode? Same(JsonNode? node) => node switch
    {
        JsonObject members => new JsonObject(members.Take(members.Count > MostMembers ? 3 : MostMembers).Select(one => KeyValuePair.Create(WithoutIds(one.Key), one.Key switch
        {
            "key" or "session_token" or "license" or "hash" or "token" => "…",
            "secret" when one.Value?.GetValueKind() == System.Text.Json.JsonValueKind.String => "…",
            "verified" or "position" => 42, // how far the seals are by now
            "unsealed" => 0,
            _ => Same(one.Value),
        }))),
        JsonArray elements => new JsonArray([.. elements.Take(MostElements).Select(Same)]),
        JsonValue value when value.TryGetValue<string>(out var text) => Same(text),
        JsonValue number when number.TryGetValue<long>(out var seconds) && seconds is > 1_700_000_000 and < 2_000_000_000 => ExampleTime.ToUnixTimeSeconds(),
        _ => node?.DeepClone(),
    };

    // The name of a member may look like a key of ten letters: signInText does.
    private string Same(string text) => Key().Replace(WithoutIds(text), "Ab3dE6gH9j");

    private string WithoutIds(string text)
    {
        text = Uuid().Replace(text, id => id.Value == Guid.Empty.ToString() ? id.Value : _ids.TryGetValue(id.Value, out var known) ? known : _ids[id.Value] = $"01980000-0000-7000-8000-{_ids.Count + 1:d12}");
        text = Time().Replace(text, time => time.Value.StartsWith("0001", StringComparison.Ordinal) ? time.Value : "2026-01-15T09:30:00Z");
        text = Commit().Replace(text, "");
        return Date().IsMatch(text) ? "2026-01-15" : text;
    }

    [GeneratedRegex("[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")]
    private static partial Regex Uuid();

    [GeneratedRegex(@"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:.]+(?:Z|[+]00:00)")]
    private static partial Regex Time();

    [GeneratedRegex("^[0-9]{4}-[0-9]{2}-[0-9]{2}$")]
    private static partial Regex Date();

    // The id of a key: ten letters and digits of both cases.
    [GeneratedRegex("^(?=.*[A-Z])(?=.*[a-z0-9])[A-Za-z0-9]{10}$")]
    private static partial Regex Key();

    // What the build adds to a version.
    [GeneratedRegex("(?<=monolith\\.[0-9.]+)\\+[0-9a-f]{40}|(?<=127\\.0\\.0\\.1):[0-9]+")]
    private static partial Regex Commit();
}
