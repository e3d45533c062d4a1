using Monolith.Members.Sessions;

namespace Monolith.Members.Tests.Sessions;

/// <summary>Members specification 3.12, 5.2 and 5.3: the rules that need no database.</summary>
public sealed class SessionRuleTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData(24 * 60, 24 * 60, false)]
    [InlineData(24 * 60, (23 * 60) + 1, false)]
    [InlineData(24 * 60, 23 * 60, true)]
    [InlineData(24 * 60, 1, true)]
    [InlineData(60, 1, false)]
    [InlineData(30, 1, false)]
    public void A_session_begins_anew_an_hour_into_its_life(int lifetimeMinutes, int leftMinutes, bool slides)
    {
        var (lifetime, expiry) = (TimeSpan.FromMinutes(lifetimeMinutes), Now.AddMinutes(leftMinutes));
        Assert.Equal(slides ? Now + lifetime : expiry, SessionUse.NextExpiry(expiry, lifetime, Now));
    }

    [Theory]
    [InlineData("badpass", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa", false)]
    [InlineData("SomeSecurePassword!", true)]
    [InlineData("correct horse battery", true)]
    [InlineData("Password1", false)]
    [InlineData("Password1!", false)]
    [InlineData("P@ssw0rd123", false)]
    [InlineData("Password-1-Password", false)]
    [InlineData("Qwerty123456!", false)]
    [InlineData("Welcome2026!", false)]
    [InlineData("Admin12345678", false)]
    [InlineData("Letmein-1999", false)]
    [InlineData("abcdefghijklmnop", false)]
    [InlineData("Monolith2026!", false)]
    [InlineData("Another-Horse-10-Charger", true)]
    [InlineData("xK9#mQ2$vL7", true)]
    [InlineData("gwcep-fkhbn-mrqsz-uytwv", true)]
    public void A_strong_password_has_52_bits(string? password, bool strong) => Assert.Equal(strong, PasswordCheck.Weakness(password) is null);

    [Fact]
    public void A_password_has_at_most_64_characters()
    {
        const string Strong = "Correct-Horse-9-Battery-";
        Assert.Null(PasswordCheck.Weakness(Strong.PadRight(64, 'x')));
        Assert.NotNull(PasswordCheck.Weakness(Strong.PadRight(65, 'x')));
    }

    [Fact]
    public void A_character_of_a_password_is_a_code_point() =>
        Assert.NotEqual(PasswordCheck.Weakness(new string('x', 65)), PasswordCheck.Weakness(string.Concat(Enumerable.Repeat("\U0001F600\U0001F680", 32))));

    [Fact]
    public void A_token_is_read_back_as_it_was_written()
    {
        var made = ApiKeyToken.Generate();
        Assert.Matches("^[A-Za-z0-9]{10}-[A-Za-z0-9]{22}$", made.ToString());
        Assert.True(ApiKeyToken.TryParse(made.ToString(), out var read));
        Assert.True(read.Matches(made.SecretHash));
        Assert.False(ApiKeyToken.Generate().Matches(made.SecretHash));
    }

    [Theory]
    [InlineData("")]
    [InlineData("aaaaaaaaaa")]
    [InlineData("aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("aaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("aaaaaaaaaa_bbbbbbbbbbbbbbbbbbbbbb")]
    [InlineData("aaaaaaaaa-bbbbbbbbbbbbbbbbbbbb-bb")]
    [InlineData("aaaaaaaaaa-bbbbbbbbbbbbbbbbbbbbbé")]
    public void Other_shapes_are_no_token(string text) => Assert.False(ApiKeyToken.TryParse(text, out _));

    [Fact]
    public void Durations_are_nanoseconds()
    {
        Assert.Equal(604_800_000_000_000, Nanoseconds.Of(SessionSettings.DefaultTokenLifetime));
        Assert.Equal(TimeSpan.FromMilliseconds(1), Nanoseconds.ToTime(1_000_000));
        Assert.Equal(long.MaxValue, Nanoseconds.Of(TimeSpan.MaxValue));
    }
}
