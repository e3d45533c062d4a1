using Monolith.Web.Dashboard;

namespace Monolith.BuildingBlocks.Tests.Dashboard;

public sealed class PhraseTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(-30, "now")]
    [InlineData(59, "now")]
    [InlineData(60, "1 min ago")]
    [InlineData(3600, "1 h ago")]
    [InlineData(86_400, "yesterday")]
    [InlineData(172_800, "2 days ago")]
    [InlineData(86_400 * 45, "last month")]
    [InlineData(86_400 * 90, "3 months ago")]
    [InlineData(86_400 * 400, "over a year ago")]
    [InlineData(86_400 * 800, "over 2 years ago")]
    public void Ages_are_told_in_the_coarsest_unit(int seconds, string words) => Assert.Equal(words, Phrase.Ago(Now.AddSeconds(-seconds), Now));

    [Theory]
    [InlineData(0, "in 0 days")]
    [InlineData(1, "in 1 day")]
    [InlineData(60, "in 60 days")]
    [InlineData(61, "in about 2 months")]
    [InlineData(365, "in about 12 months")]
    public void What_is_ahead_is_told_in_days_and_then_in_months(int days, string words) =>
        Assert.Equal(words, Phrase.Ahead(DateOnly.FromDateTime(Now.UtcDateTime).AddDays(days), Now));

    [Theory]
    [InlineData("Too many users: 12178 are active, the license allows 250.", "Too many users: 12,178 are active, the license allows 250.")]
    [InlineData("It ended 2026-11-30 at 1000:30, port :8080, version 1.2026; id ab1234.", "It ended 2026-11-30 at 1000:30, port :8080, version 1.2026; id ab1234.")]
    public void Thousands_of_a_sentence_stand_apart_and_days_and_ids_stay(string sentence, string words) => Assert.Equal(words, Phrase.Apart(sentence));

    [Fact]
    public void The_zero_time_is_never() => Assert.Equal("Never", Phrase.Ago(DateTimeOffset.MinValue, Now));
}
