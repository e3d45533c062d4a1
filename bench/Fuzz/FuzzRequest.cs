using System.Text;

namespace Monolith.Fuzz;

/// <summary>One request.</summary>
/// <param name="Operation">What it aims at.</param>
/// <param name="Person">Who asks; null is nobody.</param>
/// <param name="Target">Path and query, as they go out.</param>
/// <param name="Headers">Besides the token.</param>
/// <param name="MediaType">Of the body.</param>
/// <param name="Body">Null is none.</param>
/// <param name="Chunks">In place of the body: a chunked one, as it goes out.</param>
internal sealed record FuzzRequest(
    Operation Operation, Person? Person, string Target, IReadOnlyList<(string Name, string Value)> Headers, string? MediaType, byte[]? Body, string? Chunks, bool Raw)
{
    /// <summary>The bytes of the request, for a connection of its own.</summary>
    public byte[] Bytes(string host)
    {
        var head = new StringBuilder($"{Operation.Method} {Target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n");
        if (Person is not null)
            head.Append($"Coder-Session-Token: {Person.Token}\r\n");
        foreach (var (name, value) in Headers)
            head.Append($"{name}: {value}\r\n");
        if (MediaType is not null)
            head.Append($"Content-Type: {MediaType}\r\n");
        if (Chunks is not null)
            return Encoding.Latin1.GetBytes(head.Append($"Transfer-Encoding: chunked\r\n\r\n{Chunks}").ToString());
        if (Body is not null)
            head.Append($"Content-Length: {Body.Length}\r\n");
        return [.. Encoding.Latin1.GetBytes(head.Append("\r\n").ToString()), .. Body ?? []];
    }

    /// <summary>A line for a shell that sends it again.</summary>
    public string Curl(Uri url)
    {
        if (Chunks is not null)
            return $"printf '%s' '{Convert.ToBase64String(Bytes(url.Authority))}' | base64 -d | nc -q 5 {url.Host} {url.Port}";
        var line = new StringBuilder($"curl -isg --path-as-is -X {Operation.Method} {Quote(url.GetLeftPart(UriPartial.Authority) + Target)}");
        if (Person is not null)
            line.Append($" -H \"Coder-Session-Token: $TOKEN_{Person.Name.Replace('-', '_')}\"");
        foreach (var (name, value) in Headers)
            line.Append($" -H {Quote($"{name}: {value}")}");
        if (MediaType is not null)
            line.Append($" -H {Quote($"Content-Type: {MediaType}")}");
        if (Body is null)
            return line.ToString();
        var text = Encoding.UTF8.GetString(Body);
        return Body.Length < 2000 && Body.AsSpan().SequenceEqual(Encoding.UTF8.GetBytes(text)) && !text.Contains('\0', StringComparison.Ordinal)
            ? line.Append($" --data-binary {Quote(text)}").ToString()
            : $"printf '%s' '{Convert.ToBase64String(Body)}' | base64 -d | {line.Append(" --data-binary @-")}";
    }

    private static string Quote(string text) => $"'{text.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}

/// <summary>What came back. Status 0: nothing that is HTTP.</summary>
internal sealed record Outcome(int Status, string MediaType, string Body, bool Hung = false, string? Trouble = null);
