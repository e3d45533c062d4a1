using System.Text;
using System.Text.Json;
using Monolith.Testing;

namespace Monolith.Api.Tests.BadInput;

/// <summary>Contract section 5: input never ends as a 500, whatever operation it is sent to.</summary>
[Collection(BadInputGroup.Name)]
public sealed class BodyScanTests(BadInputServer server)
{
    private static readonly string[] Values =
    [
        "null", "\"\"", "\"😀\"", "\"a\\u0000b\"", "\"\\ud800\"", "1e400", "99999999999999999999999999", "-1", "true", "[]", "[null]", "{}", "{\"\":null}",
        JsonSerializer.Serialize(new string('x', 10_000)),
    ];

    private static readonly byte[][] Unreadable =
    [
        [], .. Texts("null", "[]", "1", "\"text\"", "{", "{} {}", "{}hunter2", "{hunter2}", "\0", new string('[', 2000)),
        [.. "{\"hunter2"u8, 0xFF, .. "\":1}"u8], [0xFF, 0xFE],
    ];

    private List<Operation> Bodies => [.. server.Operations.Where(operation => operation.HasBody)];

    private string Token => server.Scenario.Owner.Token!;

    [Fact]
    public void The_scan_sees_the_api()
    {
        Assert.True(Bodies.Count > 10, $"{Bodies.Count} bodies");
        Assert.True(server.Operations.Count > 15, $"{server.Operations.Count} operations");
        Assert.All(Bodies, operation => Assert.NotEmpty(operation.Fields));
    }

    [Fact]
    public async Task A_body_that_cannot_be_read_is_refused()
    {
        List<string> faults = [];
        foreach (var operation in Bodies)
        {
            foreach (var body in Unreadable)
            {
                var answer = await SendAsync(operation, body);
                if (ErrorShape.Fault(answer) is { } fault)
                    faults.Add($"{operation} <- {Show(body)}: {fault}");
                else if (answer.Code != 400 && !IsGated(operation, answer))
                    faults.Add($"{operation} <- {Show(body)}: {answer.Code}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task A_value_of_the_wrong_type_is_refused_and_names_the_field()
    {
        List<string> faults = [];
        foreach (var operation in Bodies)
        {
            foreach (var field in operation.Fields.Where(field => field.WrongType is not null))
            {
                var body = $"{{\"{field.Name}\":{field.WrongType}}}";
                var answer = await SendAsync(operation, Encoding.UTF8.GetBytes(body));
                if (ErrorShape.Fault(answer) is { } fault)
                    faults.Add($"{operation} <- {body}: {fault}");
                else if (!IsGated(operation, answer) && (answer.Code != 400 || answer["validations"]?[0]?["field"]?.GetValue<string>() != field.Name))
                    faults.Add($"{operation} <- {body}: {answer.Code} {answer.Text}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task No_value_of_a_field_breaks_an_operation()
    {
        List<string> faults = [];
        foreach (var operation in Bodies)
        {
            foreach (var (field, value) in operation.Fields.SelectMany(field => Values.Select(value => (field.Name, value))))
            {
                var body = Encoding.UTF8.GetBytes($"{{\"{field}\":{value}}}");
                var answer = await SendAsync(operation, body);
                if (answer.Code is not (200 or 201 or 204) && ErrorShape.Fault(answer) is { } fault)
                    faults.Add($"{operation} <- {Show(body)}: {fault}");
                else if (answer.Code == 401 && !operation.Path.EndsWith("/login", StringComparison.Ordinal))
                    faults.Add($"{operation} <- {Show(body)}: the owner's session ended");
                else if (value.Contains("\\u0000", StringComparison.Ordinal) && answer.Code != 400 && !IsGated(operation, answer))
                    faults.Add($"{operation} <- {Show(body)}: NUL gave {answer.Code}");
            }
        }

        Assert.True(faults.Count == 0, string.Join("\n", faults));
    }

    [Fact]
    public async Task A_body_over_one_mebibyte_is_413()
    {
        var body = Encoding.UTF8.GetBytes("{\"email\":\"" + new string('x', 1 << 20) + "\"}");
        foreach (var operation in Bodies)
        {
            var answer = await SendAsync(operation, body);
            Assert.True(ErrorShape.Fault(answer) is null && (answer.Code == 413 || IsGated(operation, answer)), $"{operation}: {answer.Code} {answer.Text}");
        }
    }

    /// <summary>Feature, permission and existence are looked at before the body, so these may hide what is wrong with it.</summary>
    private static bool IsGated(Operation operation, ApiAnswer answer) =>
        answer.Code == 403 && operation.Path.EndsWith("/members/roles", StringComparison.Ordinal);

    private Task<ApiAnswer> SendAsync(Operation operation, byte[] body) =>
        server.SendAsync(operation.Method, AboutEverybody(operation).With("default", BadInputServer.Target, "1"), body, Token);

    // Groups have no other name than their id; this one is always there.
    private Operation AboutEverybody(Operation operation) =>
        operation with { Path = operation.Path.Replace("{group}", server.Scenario.OrganizationId.ToString(), StringComparison.Ordinal) };

    private static IEnumerable<byte[]> Texts(params string[] texts) => texts.Select(Encoding.UTF8.GetBytes);

    private static string Show(byte[] body) => Encoding.Latin1.GetString(body, 0, Math.Min(body.Length, 60));
}
