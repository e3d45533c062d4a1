using System.Text.Json;
using System.Text.Json.Nodes;
using Monolith.Testing;

namespace Monolith.Api.Tests.BadInput;

/// <summary>What contract section 5 asks of every error answer.</summary>
internal static class ErrorShape
{
    private static readonly string[] Members = ["message", "detail", "validations"];
    private static readonly string[] Leaks = ["hunter2", "Npgsql", "select ", "   at ", ".cs:", "System.", AppContext.BaseDirectory];

    /// <summary>Null when the answer is a well-formed error, else what is wrong with it.</summary>
    public static string? Fault(ApiAnswer answer)
    {
        if (answer.Code is < 400 or > 499)
            return $"status {answer.Code}";
        if (!answer.Text.EndsWith('\n'))
            return $"{answer.Code} without a newline at the end: {answer.Text}";
        if (answer.Text.Length > 4000 || Leaks.FirstOrDefault(leak => answer.Text.Contains(leak, StringComparison.Ordinal)) is not null)
            return "leaks: " + answer.Text;
        try
        {
            var body = JsonNode.Parse(answer.Text)!.AsObject();
            var sound = body["message"]!.GetValue<string>().Length > 0
                && body.All(member => Members.Contains(member.Key))
                && (body["detail"] is null || body["detail"]!.GetValueKind() == JsonValueKind.String)
                && (body["validations"] is null || body["validations"]!.AsArray().All(one =>
                    one!.AsObject().Count == 2 && one["field"]!.GetValue<string>().Length > 0 && one["detail"]!.GetValue<string>().Length > 0));
            return sound ? null : "shape: " + answer.Text;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NullReferenceException)
        {
            return "shape: " + answer.Text;
        }
    }
}
