using System.Globalization;
using System.Text;

namespace Monolith.Fuzz;

/// <summary>Makes one request: mostly a good one, with something hostile in about every third.</summary>
internal sealed class RequestMaker(Random random, World world)
{
    private static readonly string[] Queries = ["q", "limit", "offset", "after_id", "sort", "dir", "from", "to", "count", "timezone", "tz_offset", "idle_days", "force", "format", "cursor", "x"];
    private readonly BodyMaker _bodies = new(random, world);

    public FuzzRequest Make(Operation operation)
    {
        var person = PersonFor(operation);
        var headers = new List<(string, string)>();
        if (Chance(8))
            headers.Add(Any(Hostile.Headers));
        var target = Path(operation) + Query(operation);
        var (type, body) = Body(operation);
        var raw = Chance(4);
        var chunks = raw && body is not null && Chance(50) ? Any(Hostile.Chunks) : null;
        return new FuzzRequest(operation, person, target, headers, type, body, chunks, raw || NeedsRaw(headers, type, target));
    }

    // The client of the framework refuses to send these.
    private static bool NeedsRaw(List<(string Name, string Value)> headers, string? type, string target) =>
        headers.Any(header => header.Name is "Expect" or "X-Odd") || type is { Length: 0 } || target.Contains("//", StringComparison.Ordinal);

    private Person? PersonFor(Operation operation)
    {
        if (Chance(2))
            return null;
        if (Chance(2))
            return new Person("nobody", Any<string>(["x", "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb", "%00", new('x', 4000)]));

        // Nobody signs out: the session is needed for what follows.
        if (operation.Path.EndsWith("/logout", StringComparison.Ordinal))
            return new Person("nobody", "aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbb");
        return Chance(50) ? world.People[0] : Any(world.People);
    }

    private string Path(Operation operation)
    {
        var path = new StringBuilder();
        foreach (var part in operation.Path.Split('/').Skip(1))
            path.Append('/').Append(part is ['{', .., '}'] ? Segment(operation, part[1..^1].Split(':')[0].TrimEnd('?')) : part);
        return path.ToString();
    }

    private string Segment(Operation operation, string name)
    {
        if (Chance(6))
        {
            // Nothing that may be a protected thing under another spelling.
            var odd = Any(Hostile.Text);
            return odd is "me" && Destroys(operation) ? "x" : odd;
        }

        var around = Kinds.OfPath(operation.Path);
        var kind = Kinds.OfField(name.ToLowerInvariant(), around) ?? around;
        for (var attempt = 0; attempt < 20; attempt++)
        {
            var value = kind == "user" && Chance(15) ? "me" : kind == "organization" && Chance(60) ? "default" : world.Pick(kind, random) ?? Guid.CreateVersion7().ToString();
            if (!Destroys(operation) || !world.Protected.Contains(value))
                return Uri.EscapeDataString(value);
        }

        return "nobody";
    }

    // A write to a person, to the person's keys or roles: the people of the fuzz are left alone.
    private static bool Destroys(Operation operation) =>
        operation.Method is not "GET" && (operation.Method == "DELETE"
            || !(operation.Path.EndsWith("/appearance", StringComparison.Ordinal) || operation.Path.EndsWith("/preferences", StringComparison.Ordinal)));

    private string Query(Operation operation)
    {
        var given = operation.Parameters.Where(parameter => parameter.Place == "query" && Chance(40)).Select(parameter => (parameter.Name, Value: QueryValue(parameter.Name))).ToList();
        if (Chance(10))
        {
            var name = Any(Queries);
            given.Add((name, QueryValue(name)));
        }

        if (Chance(3))
            given.Add((Any(Hostile.Text), Any(Hostile.Text)));
        return given.Count == 0 ? "" : "?" + string.Join('&', given.Select(one => $"{one.Name}={one.Value}"));
    }

    private string QueryValue(string name)
    {
        if (Chance(25))
            return Any(Hostile.Text);
        return name switch
        {
            "q" => Any(Hostile.Search),
            "limit" or "offset" or "idle_days" => random.Next(0, 50).ToString(CultureInfo.InvariantCulture),
            "after_id" or "cursor" => world.Pick("user", random) is { } id ? Uri.EscapeDataString(id) : "x",
            "from" or "to" => $"20{random.Next(20, 30)}-{random.Next(1, 13):00}-{random.Next(1, 29):00}",
            "sort" => Any<string>(["username", "name", "last_used", "first_used", "created_at", "last_seen_at"]),
            "dir" => Any<string>(["asc", "desc"]),
            "timezone" => Any<string>(["UTC", "Europe/Berlin", "Pacific/Kiritimati"]),
            "tz_offset" => random.Next(-14, 15).ToString(CultureInfo.InvariantCulture),
            _ => Any<string>(["true", "false", "1", "x"]),
        };
    }

    private (string? Type, byte[]? Body) Body(Operation operation)
    {
        if (operation.MediaTypes.Count == 0)
            return Chance(3) ? ("application/json", Any(Hostile.Bodies)) : (null, null);
        var type = Chance(4) ? Any(Hostile.MediaTypes) : Any(operation.MediaTypes);
        if (Chance(6))
            return (type, Any(Hostile.Bodies));
        var text = _bodies.Make(operation);
        if (type?.Contains("ndjson", StringComparison.Ordinal) == true || type?.Contains("jsonl", StringComparison.Ordinal) == true)
            text = string.Join('\n', Enumerable.Range(0, random.Next(1, 5)).Select(_ => _bodies.MakeLine(operation)));
        return (type, Encoding.UTF8.GetBytes(text));
    }

    private bool Chance(int percent) => random.Next(100) < percent;

    private T Any<T>(IReadOnlyList<T> values) => values[random.Next(values.Count)];
}
