using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Monolith.Kernel.Json;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

public sealed class WireFormatTests
{
    [Theory]
    [InlineData("HasAiSeat", "has_ai_seat")]
    [InlineData("Id", "id")]
    [InlineData("OrganizationId", "organization_id")]
    public void Names_are_snake_case(string member, string expected) => Assert.Equal(expected, WireJson.Name(member));

    [Fact]
    public void False_and_zero_are_kept_and_null_is_left_out() =>
        Assert.Equal(
            """{"is_on":false,"seat_count":0,"list":[]}""",
            JsonSerializer.Serialize(new { IsOn = false, SeatCount = 0, Nothing = (string?)null, List = Array.Empty<int>() }, WireJson.Options));

    [Fact]
    public void Markup_is_escaped_and_other_scripts_are_not() =>
        Assert.Equal("\"\\u003Cb\\u003E\\u0026 ж漢\"", JsonSerializer.Serialize("<b>& ж漢", WireJson.Options));

    [Theory]
    [InlineData("a+b'c@x.y é 🎉 `/~\u007f", "a+b'c@x.y é 🎉 `/~\u007f")]
    [InlineData("\u2028 \u2029 \u202A", "\\u2028 \\u2029 \u202A")]
    [InlineData("\"\\\b\f\n\r\t\u0001", "\\\"\\\\\\b\\f\\n\\r\\t\\u0001")]
    public void Nothing_is_escaped_but_what_needs_it(string text, string written)
    {
        Assert.Equal($"\"{written}\"", JsonSerializer.Serialize(text, WireJson.Options));
        Assert.Equal($"{{\"{written}\":1}}", JsonSerializer.Serialize(new Dictionary<string, int> { [text] = 1 }, WireJson.Options));
        Assert.Equal($"\"{written}\"", Encoding.UTF8.GetString(JsonSerializer.SerializeToUtf8Bytes(text, WireJson.Options)));
    }

    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("\"a\\uFFFDx\"", JsonSerializer.Serialize("a\ud800x", WireJson.Options));

    [Theory]
    [InlineData("<b>& ж漢+'🎉\u2028é")]
    [InlineData("")]
    [InlineData("plain")]
    public void Bytes_are_escaped_as_characters_are(string text)
    {
        var bytes = new System.Buffers.ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = WireJson.Options.Encoder }))
            json.WriteStringValue(Encoding.UTF8.GetBytes(text));
        Assert.Equal(JsonSerializer.Serialize(text, WireJson.Options), Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private sealed record Written(string? Email, IReadOnlyList<Guid>? OrganizationIds);

    [Fact]
    public void Names_are_read_in_any_case_the_last_one_counts_and_a_complaint_names_the_field_as_it_is_called()
    {
        Assert.Equal("b", Body<Written>.Parse("""{"EMAIL":"a","Email":"b","extra":1,"organization_IDS":null}"""u8).Value.Email);
        Assert.Equal("email", Body<Written>.Parse("""{"EMAIL":1}"""u8).Error!.Validations![0].Field);
        Assert.Equal("organization_ids[1]", Body<Written>.Parse("""{"ORGANIZATION_ids":["00000000-0000-0000-0000-000000000000","x"]}"""u8).Error!.Validations![0].Field);
    }

    [Fact]
    public void Keys_of_dictionaries_stay_as_they_are() =>
        Assert.Equal("""{"UserKey":1}""", JsonSerializer.Serialize(new Dictionary<string, int> { ["UserKey"] = 1 }, WireJson.Options));

    [Theory]
    [InlineData("2026-01-02T03:04:05+01:00", "2026-01-02T02:04:05Z")]
    [InlineData("2026-01-02T03:04:05.1234567Z", "2026-01-02T03:04:05.123456Z")]
    [InlineData("2026-01-02T03:04:05.1200000Z", "2026-01-02T03:04:05.12Z")]
    [InlineData("2026-10-20T10:20:00.0000009Z", "2026-10-20T10:20:00Z")]
    [InlineData("0001-01-01T00:00:00Z", "0001-01-01T00:00:00Z")]
    public void Times_are_utc(string time, string expected) =>
        Assert.Equal(
            $"\"{expected}\"",
            JsonSerializer.Serialize(DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture), WireJson.Options));

    [Theory]
    [InlineData(ErrorKind.BadRequest, 400)]
    [InlineData(ErrorKind.Unauthenticated, 401)]
    [InlineData(ErrorKind.Forbidden, 403)]
    [InlineData(ErrorKind.NotFound, 404)]
    [InlineData(ErrorKind.MethodNotAllowed, 405)]
    [InlineData(ErrorKind.Conflict, 409)]
    [InlineData(ErrorKind.PreconditionFailed, 412)]
    [InlineData(ErrorKind.TooLarge, 413)]
    [InlineData(ErrorKind.UnsupportedMediaType, 415)]
    [InlineData(ErrorKind.ExpectationFailed, 417)]
    [InlineData(ErrorKind.TooManyRequests, 429)]
    [InlineData(ErrorKind.Internal, 500)]
    [InlineData(ErrorKind.Unavailable, 503)]
    public async Task Every_kind_has_its_status_and_the_error_body(ErrorKind kind, int status)
    {
        var (response, body) = await WriteAsync(new Error(kind, "No."));
        Assert.Equal(status, response.StatusCode);
        Assert.Equal("application/json; charset=utf-8", response.ContentType);
        Assert.Equal("{\"message\":\"No.\"}\n", body);
        Assert.Equal(status is 401 or 403, response.Headers.ContainsKey("WWW-Authenticate"));
    }

    [Fact]
    public void Every_kind_is_covered() => Assert.Equal(13, Enum.GetValues<ErrorKind>().Length);

    [Fact]
    public async Task Details_validations_and_the_wait_are_written()
    {
        var (response, body) = await WriteAsync(new Error(
            ErrorKind.TooManyRequests, "Wait.", "Why", [new FieldError("name", "Taken.")], TimeSpan.FromMilliseconds(1200)));
        Assert.Equal("2", response.Headers.RetryAfter.ToString());
        Assert.Equal("{\"message\":\"Wait.\",\"detail\":\"Why\",\"validations\":[{\"field\":\"name\",\"detail\":\"Taken.\"}]}\n", body);
        (_, body) = await WriteAsync(new Error(ErrorKind.BadRequest, "No.", Validations: []));
        Assert.Equal("{\"message\":\"No.\"}\n", body);
    }

    private static async Task<(HttpResponse Response, string Body)> WriteAsync(Error error)
    {
        var context = new DefaultHttpContext();
        using var stream = new MemoryStream();
        context.Response.Body = stream;
        await ErrorWriter.WriteAsync(context, error);
        await context.Response.BodyWriter.FlushAsync();
        return (context.Response, Encoding.UTF8.GetString(stream.ToArray()));
    }
}
