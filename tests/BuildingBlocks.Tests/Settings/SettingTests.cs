using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Settings;

namespace Monolith.BuildingBlocks.Tests.Settings;

public sealed class SettingTests
{
    private static readonly TimeSpan Standard = TimeSpan.FromHours(3);

    [Theory]
    [InlineData("", 3)]
    [InlineData("90m", 1.5)]
    [InlineData("7d", 168)]
    [InlineData("1.12:00:00", 36)]
    public void A_lifetime_has_a_unit_or_is_days_and_time(string text, double hours) => Assert.Equal(TimeSpan.FromHours(hours), Setting.Lifetime(Of(text), "Sessions:Lifetime", Standard));

    [Theory]
    [InlineData("0")]
    [InlineData("2.5")]
    [InlineData("-1.00:00:00")]
    [InlineData("soon")]
    [InlineData("999999999d")]
    [InlineData("999999999h")]
    public void What_is_no_lifetime_is_named_with_what_to_write(string text)
    {
        var refusal = Assert.Throws<SettingException>(() => Setting.Lifetime(Of(text), "Sessions:Lifetime", Standard));
        Assert.StartsWith($"Sessions__Lifetime: \"{text}\" is no lifetime. Write ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_number_without_a_unit_is_refused() =>
        Assert.Equal("Sessions__Lifetime: \"2\" has no unit. Write 2s, 2m, 2h or 2d.", Assert.Throws<SettingException>(() => Setting.Lifetime(Of("2"), "Sessions:Lifetime", Standard)).Message);

    [Theory]
    [InlineData("", null)]
    [InlineData("0", null)]
    [InlineData("1h", 1)]
    [InlineData("90d", 2160)]
    public void What_is_kept_is_kept_for_a_duration_or_for_ever(string text, int? hours) =>
        Assert.Equal(hours is { } number ? TimeSpan.FromHours(number) : null, Setting.Keep(Of(text), "Sessions:Lifetime", null));

    [Theory]
    [InlineData("30")]
    [InlineData("-1d")]
    [InlineData("59m")]
    [InlineData("99999999d")]
    public void What_is_no_time_to_keep_something_is_named(string text) =>
        Assert.StartsWith($"Sessions__Lifetime: \"{text}\" ", Assert.Throws<SettingException>(() => Setting.Keep(Of(text), "Sessions:Lifetime", null)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("0", 0)]
    [InlineData("1500ms", 1500)]
    [InlineData("90m", 5_400_000)]
    [InlineData("7d", 604_800_000)]
    public void A_duration_is_written_as_it_is_read(string text, double milliseconds)
    {
        Assert.Equal(text, Setting.Write(TimeSpan.FromMilliseconds(milliseconds)));
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), Setting.ParseDuration(text));
    }

    [Theory]
    [InlineData("", 5)]
    [InlineData("0", 0)]
    [InlineData("-1", -1)]
    [InlineData("100", 100)]
    public void A_number_is_whole(string text, int number) => Assert.Equal(number, Setting.Number(Of(text), "Sessions:Lifetime", 5));

    [Theory]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("2147483648")]
    [InlineData("ten")]
    public void What_is_no_whole_number_is_named(string text) => Assert.Throws<SettingException>(() => Setting.Number(Of(text), "Sessions:Lifetime", 5));

    [Theory]
    [InlineData("", true)]
    [InlineData("False", false)]
    public void A_switch_is_true_or_false(string text, bool isOn) => Assert.Equal(isOn, Setting.Switch(Of(text), "Sessions:Lifetime", true));

    [Fact]
    public void What_is_no_switch_is_named() => Assert.Throws<SettingException>(() => Setting.Switch(Of("1"), "Sessions:Lifetime"));

    private static IConfigurationRoot Of(string text) =>
        new ConfigurationBuilder().AddInMemoryCollection([KeyValuePair.Create("Sessions:Lifetime", (string?)text)]).Build();
}
