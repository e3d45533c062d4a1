using System.Text;
using System.Text.RegularExpressions;

namespace Monolith.Api.Dashboard.Docs;

/// <summary>The request of an operation as a line for a shell. The token is in the variable <c>token</c>, as on the overview.</summary>
internal static partial class CurlLine
{
    public static string Of(ReferenceOperation operation, string address)
    {
        var line = new StringBuilder("curl");
        if (operation.Method is not "GET" && !(operation is { Method: "POST", Body: not null }))
            line.Append($" -X {operation.Method}");
        if (!operation.IsOpen)
            line.Append(" -H \"Coder-Session-Token: $token\"");
        line.Append(' ').Append(Quoted(address + PathOf(operation) + QueryOf(operation)));
        if (operation.Body is { } body)
            line.Append(" \\\n  --json ").Append(Quoted(body.Example));
        return line.ToString();
    }

    private static string PathOf(ReferenceOperation operation) => Placeholder().Replace(operation.Path, place =>
        operation.Parameters.FirstOrDefault(one => one.Place == "path" && one.Member.Name == place.Groups[1].Value)?.Example is { } value ? Uri.EscapeDataString(value) : place.Value);

    private static string QueryOf(ReferenceOperation operation)
    {
        var parts = operation.Parameters
            .Where(one => one is { Place: "query", Example: not null })
            .Select(one => $"{one.Member.Name}={Uri.EscapeDataString(one.Example!)}");
        return string.Join('&', parts) is { Length: > 0 } query ? "?" + query : "";
    }

    private static string Quoted(string text) => $"'{text.Replace("'", @"'\''", StringComparison.Ordinal)}'";

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Placeholder();
}
