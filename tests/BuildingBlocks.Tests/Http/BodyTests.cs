using System.Text;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

public sealed class BodyTests
{
    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("1")]
    [InlineData("\"text\"")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{} // comment")]
    [InlineData("{\"name\":\"a\",}")]
    [InlineData("{'name':'a'}")]
    [InlineData("{\"name\":NaN}")]
    [InlineData("{\"\\ud800\":1}")]
    public void A_body_that_is_no_object_is_refused(string text)
    {
        var body = Body<Sample>.Parse(Encoding.UTF8.GetBytes(text));
        Assert.Equal(ErrorKind.BadRequest, body.Error?.Kind);
        Assert.Throws<InvalidOperationException>(() => body.Value);
    }

    [Theory]
    [InlineData("{\"name\":1}", "name")]
    [InlineData("{\"name\":{}}", "name")]
    [InlineData("{\"name\":\"a\\u0000b\"}", "name")]
    [InlineData("{\"name\":\"\\ud800\"}", "name")]
    [InlineData("{\"name\":\"\\udc00\\ud800\"}", "name")]
    [InlineData("{\"seat_count\":\"1\"}", "seat_count")]
    [InlineData("{\"seat_count\":1.5}", "seat_count")]
    [InlineData("{\"seat_count\":null}", "seat_count")]
    [InlineData("{\"seat_count\":99999999999999999999}", "seat_count")]
    [InlineData("{\"seat_count\":1e400}", "seat_count")]
    [InlineData("{\"ids\":[\"x\"]}", "ids[0]")]
    [InlineData("{\"ids\":{}}", "ids")]
    [InlineData("{\"at\":\"yesterday\"}", "at")]
    [InlineData("{\"at\":5}", "at")]
    [InlineData("{\"kind\":0}", "kind")]
    [InlineData("{\"kind\":\"neither\"}", "kind")]
    [InlineData("{\"by_key\":{\"a.b'c\":1}}", "by_key")]
    public void A_value_of_the_wrong_type_names_its_field(string text, string field)
    {
        var error = Body<Sample>.Parse(Encoding.UTF8.GetBytes(text)).Error;
        Assert.Equal(ErrorKind.BadRequest, error?.Kind);
        Assert.Equal(field, Assert.Single(error!.Validations!).Field);
    }

    [Theory]
    [InlineData("{\"by_key\":{\"\\ud800\":\"a\"}}")]
    [InlineData("{\"by_key\":{\"\\u0000\":\"a\"}}")]
    public void A_key_that_is_no_text_is_refused(string text) =>
        Assert.Equal(ErrorKind.BadRequest, Body<Sample>.Parse(Encoding.UTF8.GetBytes(text)).Error?.Kind);

    [Fact]
    public void Bytes_that_are_no_utf8_are_refused()
    {
        Assert.NotNull(Body<Sample>.Parse([.. "{\"name\":\""u8, 0xFF, .. "\"}"u8]).Error);
        Assert.NotNull(Body<Sample>.Parse([.. "{\"name\":\""u8, 0xED, 0xA0, 0x80, .. "\"}"u8]).Error);
        Assert.NotNull(Body<Sample>.Parse([.. "{\"other"u8, 0xFF, .. "\":1}"u8]).Error);
        Assert.NotNull(Body<Sample>.Parse([.. "{\"by_key\":{\""u8, 0xFF, .. "\":\"a\"}}"u8]).Error);
    }

    [Fact]
    public void Depth_64_is_read_and_65_is_refused()
    {
        Assert.Null(Body<Sample>.Parse(Nested(64)).Error);
        Assert.Equal(ErrorKind.BadRequest, Body<Sample>.Parse(Nested(65)).Error?.Kind);
    }

    [Fact]
    public void Complaints_do_not_repeat_what_was_sent()
    {
        var error = Body<Sample>.Parse("{\"seat_count\":\"hunter2\",\"by_key\":{\"hunter2\":1}}"u8).Error!;
        var keyed = Body<Sample>.Parse("{\"by_key\":{\"hunter2\":1}}"u8).Error!;
        var broken = Body<Sample>.Parse("{\"name\":hunter2}"u8).Error!;
        Assert.All([error, keyed, broken], e =>
            Assert.DoesNotContain("hunter2", e.Message + e.Detail + string.Concat(e.Validations?.Select(v => v.Field + v.Detail) ?? []), StringComparison.Ordinal));
    }

    [Fact]
    public void A_sound_body_is_read_and_unknown_members_are_ignored()
    {
        var body = Body<Sample>.Parse(" {\"name\":\"😀\",\"seat_count\":3,\"more\":[{}],\"kind\":\"first_kind\",\"at\":\"2026-01-02T03:04:05+01:00\"}\n"u8);
        Assert.Null(body.Error);
        Assert.Equal(("😀", 3, SampleKind.FirstKind), (body.Value.Name, body.Value.SeatCount, body.Value.Kind));
        Assert.Equal(new DateTimeOffset(2026, 1, 2, 2, 4, 5, TimeSpan.Zero), body.Value.At);
    }

    private static byte[] Nested(int depth) =>
        Encoding.UTF8.GetBytes("{\"other\":" + new string('[', depth - 1) + new string(']', depth - 1) + "}");

    public enum SampleKind
    {
        Unset,
        FirstKind,
    }

    public sealed record Sample(
        string? Name = null,
        int SeatCount = 0,
        IReadOnlyList<Guid>? Ids = null,
        DateTimeOffset? At = null,
        SampleKind Kind = SampleKind.Unset,
        IReadOnlyDictionary<string, string>? ByKey = null);
}
