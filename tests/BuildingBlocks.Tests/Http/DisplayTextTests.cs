using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

/// <summary>Contract 7.1: names show what they hold, and their length is what people count.</summary>
public sealed class DisplayTextTests
{
    [Fact]
    public void What_does_not_show_is_not_plain()
    {
        List<char> hidden = ['\u2028', '\u2029'];
        hidden.AddRange(Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat(Enumerable.Range(0x202A, 5)).Concat(Enumerable.Range(0x2066, 4)).Select(c => (char)c));
        Assert.All(hidden, c => Assert.False(DisplayText.IsPlain($"a{c}b"), $"U+{(int)c:X4}"));
        Assert.Equal("\t\n\r", string.Concat(hidden.Where(c => DisplayText.IsPlainLines($"a{c}b")).Order()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("Zoë O'Brien (Ops) 日本語")]
    [InlineData("שלום مرحبا")]
    [InlineData("👩‍💻 family")]
    public void Every_script_is_plain(string text) => Assert.True(DisplayText.IsPlain(text));

    [Theory]
    [InlineData("", 0)]
    [InlineData("abc", 3)]
    [InlineData("😀😀", 2)]
    [InlineData("e\u0301", 2)]
    public void The_length_counts_code_points(string text, int length) => Assert.Equal(length, DisplayText.Length(text));
}
