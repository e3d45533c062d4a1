using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Tests;

public sealed class EntitlementComputationTests
{
    private const string Seats = "ai_governance_user_limit";

    [Fact]
    public void Without_a_license_every_feature_is_listed_and_off()
    {
        var answer = Samples.Compute(41, 5);

        Assert.Equal(27, answer.Features.Count);
        Assert.All(answer.Features.Values, feature => Assert.False(feature.Enabled));
        Assert.Equal(41, answer.Features["user_limit"].Actual);
        Assert.Null(answer.Features[Seats].Actual);
        Assert.False(answer.HasLicense);
        Assert.Empty(answer.Warnings);
        Assert.Empty(answer.Errors);
    }

    [Theory]
    [InlineData("premium", 24, true)]
    [InlineData("PREMIUM", 24, true)]
    [InlineData("enterprise", 21, false)]
    [InlineData("", 0, false)]
    [InlineData("other", 0, false)]
    public void A_set_grants_its_features(string set, int count, bool customRoles)
    {
        var answer = Samples.Compute(0, 0, Samples.Terms(set));

        Assert.Equal(count, answer.Features.Count(feature => feature.Value.Enabled && feature.Value.Limit is null));
        Assert.Equal(customRoles, answer.Features["custom_roles"].Enabled);
    }

    [Fact]
    public void Premium_brings_a_default_number_of_agents_that_any_real_value_beats()
    {
        Assert.Equal(1000, Samples.Compute(0, 0, Samples.Terms("premium")).Features["managed_agent_limit"].Limit);
        Assert.Equal(5, Samples.Compute(0, 0, Samples.Terms("premium", features: ("managed_agent_limit_soft", 5))).Features["managed_agent_limit"].Limit);
    }

    [Theory]
    [InlineData(89, null, null)]
    [InlineData(90, "near", "90")]
    [InlineData(100, "near", "100")]
    [InlineData(110, "over", "110 100 10")]
    public void Seats_of_a_hundred(long used, string? level, string? numbers) => AssertSeats(100, used, level, numbers);

    [Theory]
    [InlineData(101, 106, "over", "106 101 5")]
    [InlineData(1000, 1001, "over", "1001 1000 1")]
    public void Seats_with_other_limits(long limit, long used, string level, string numbers) => AssertSeats(limit, used, level, numbers);

    [Fact]
    public void A_seat_limit_of_zero_grants_nothing()
    {
        var answer = Samples.Compute(0, 5, Samples.Terms(features: (Seats, 0)));

        Assert.Equal(new Feature(Entitlement.NotEntitled, false), answer.Features[Seats]);
        Assert.Empty(answer.Warnings);
    }

    [Theory]
    [InlineData(127, "over", "127 100 27")]
    [InlineData(95, "near", "95")]
    public void Seats_in_grace_warn_twice(long used, string level, string numbers)
    {
        var warnings = Samples.Compute(0, used, Samples.Terms(expiresInDays: -1, features: (Seats, 100))).Warnings;

        Assert.Equal(2, warnings.Count);
        Assert.Equal($"{used} 100", Numbers(warnings[0]));
        Assert.Contains(level, warnings[1], StringComparison.Ordinal);
        Assert.Equal(numbers, Numbers(warnings[1]));
    }

    [Fact]
    public void Leftover_seats_without_the_feature_are_silent() =>
        Assert.Empty(Samples.Compute(0, 42, Samples.Terms("premium")).Warnings);

    [Fact]
    public void Of_two_limits_the_larger_wins() =>
        Assert.Equal(20, Samples.Compute(1, 0, Samples.Terms(features: ("user_limit", 10)), Samples.Terms(features: ("user_limit", 20))).Features["user_limit"].Limit);

    [Fact]
    public void An_expired_license_is_an_error_beside_the_warnings_of_a_valid_one()
    {
        var answer = Samples.Compute(11, 0, Samples.Terms("premium", expiresInDays: -40), Samples.Terms(features: ("user_limit", 10)));

        Assert.Contains("has expired", Assert.Single(answer.Errors), StringComparison.Ordinal);
        Assert.Equal("11 10", Numbers(Assert.Single(answer.Warnings)));
        Assert.False(answer.Features["custom_roles"].Enabled);
        Assert.True(answer.HasLicense);
    }

    [Theory]
    [InlineData("", true, false)]
    [InlineData("premium", true, true)]
    public void The_legacy_claim_of_all_features_means_enterprise_unless_a_set_is_given(string set, bool audit, bool roles)
    {
        var features = Samples.Compute(0, 0, Samples.Terms(set) with { AllFeatures = true }).Features;

        Assert.Equal((audit, roles), (features["audit_log"].Enabled, features["custom_roles"].Enabled));
    }

    [Fact]
    public void Only_the_exact_name_of_the_premium_set_brings_agents() =>
        Assert.Equal(new Feature(Entitlement.NotEntitled, false), Samples.Compute(0, 0, Samples.Terms("PREMIUM")).Features["managed_agent_limit"]);

    [Theory]
    [InlineData(4, 365, true, 0)]
    [InlineData(5, 365, true, 1)]
    [InlineData(6, 365, true, 1)]
    [InlineData(4, -1, true, 0)]
    [InlineData(5, -1, true, 1)]
    [InlineData(9, -40, false, 0)]
    public void Agents_are_counted_for_the_term_of_the_license_that_limits_them(long built, int expiresInDays, bool enabled, int warnings)
    {
        var terms = Samples.Terms(expiresInDays: expiresInDays, features: ("managed_agent_limit", 5));
        var answer = EntitlementComputation.Compute(Samples.Now, Samples.Now, [Samples.Stored(terms)], [], new UsageCounts(0, 0, built));
        var feature = answer.Features["managed_agent_limit"];

        Assert.Equal(enabled, feature.Enabled);
        Assert.Equal(warnings, answer.Warnings.Count);
        Assert.Equal(enabled ? new UsagePeriod(terms.IssuedAt, terms.NotBefore, terms.Expires) : null, feature.UsagePeriod);
        Assert.Equal(enabled ? built : null, feature.Actual);
    }

    [Fact]
    public void A_limit_of_zero_agents_is_entitled_and_disabled()
    {
        var feature = Samples.Compute(0, 0, Samples.Terms(features: ("managed_agent_limit", 0))).Features["managed_agent_limit"];

        Assert.Equal((Entitlement.Entitled, false, 0L), (feature.Entitlement, feature.Enabled, feature.Limit));
    }

    [Fact]
    public void Warnings_come_in_the_order_of_the_specification()
    {
        var answer = EntitlementComputation.Compute(
            Samples.Now,
            Samples.Now,
            [
                Samples.Stored(Samples.Terms(expiresInDays: 12, features: [("user_limit", 1), ("managed_agent_limit", 1)])),
                Samples.Stored(Samples.Terms(expiresInDays: -1, features: [("ai_governance_user_limit", 1), ("scim", 1), ("audit_log", 1)])),
            ],
            [],
            new UsageCounts(2, 2, 2));

        Assert.Collection(
            answer.Warnings,
            warning => Assert.Equal("The license expires in 12 days.", warning),
            warning => Assert.Contains("agent workspaces", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("Too many active users: 2", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("The license for AI seats has expired: 2", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("AI seats are over the limit: 2", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("Audit Log is enabled", warning, StringComparison.Ordinal),
            warning => Assert.StartsWith("SCIM is enabled", warning, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(9, 10)]
    [InlineData(10, 10)]
    public void Users_of_an_expired_license_are_announced_without_an_overage(long active, long limit) =>
        Assert.Equal($"{active} {limit}", Numbers(Assert.Single(Samples.Compute(active, 0, Samples.Terms(expiresInDays: -1, features: ("user_limit", limit))).Warnings)));

    [Fact]
    public void Telemetry_is_required_when_any_license_says_so()
    {
        Assert.True(Samples.Compute(0, 0, Samples.Terms() with { RequireTelemetry = true }, Samples.Terms()).RequireTelemetry);
        Assert.False(Samples.Compute(0, 0, Samples.Terms(startsInDays: 1) with { RequireTelemetry = true }, Samples.Terms()).RequireTelemetry);
    }

    [Fact]
    public void Grace_with_enough_users_beats_a_term_with_too_few()
    {
        var feature = Samples.Compute(50, 0, Samples.Terms(features: ("user_limit", 10)), Samples.Terms(expiresInDays: -1, features: ("user_limit", 60))).Features["user_limit"];

        Assert.Equal(new Feature(Entitlement.GracePeriod, true, 60, 50), feature);
    }

    // Trap 9: a single grant merges, it does not overwrite.
    [Fact]
    public void A_single_grant_in_grace_does_not_take_away_a_full_one()
    {
        var answer = Samples.Compute(0, 0, Samples.Terms("premium"), Samples.Terms(expiresInDays: -1, features: ("audit_log", 1)));

        Assert.Equal(Entitlement.Entitled, answer.Features["audit_log"].Entitlement);
    }

    // Trap 9: not the last license decides.
    [Theory]
    [InlineData(new[] { true }, true)]
    [InlineData(new[] { true, true }, true)]
    [InlineData(new[] { true, false }, false)]
    [InlineData(new[] { false, true }, false)]
    public void Trial_needs_every_license_to_be_one(bool[] trials, bool expected) =>
        Assert.Equal(expected, Samples.Compute(0, 0, [.. trials.Select(trial => Samples.Terms(trial: trial))]).Trial);

    [Fact]
    public void The_add_on_needs_seats()
    {
        var without = Samples.Compute(0, 0, Samples.Terms(addons: ["ai_governance"]));
        var with = Samples.Compute(0, 0, Samples.Terms(addons: ["ai_governance", "unknown"], features: (Seats, 5)));

        Assert.Contains(Seats, Assert.Single(without.Errors), StringComparison.Ordinal);
        Assert.False(without.Features["boundary"].Enabled);
        Assert.Empty(with.Errors);
        Assert.True(with.Features["boundary"].Enabled);
        Assert.True(with.Features["aibridge"].Enabled);
    }

    [Fact]
    public void A_license_of_the_future_is_no_license_yet() =>
        Assert.False(Samples.Compute(0, 0, Samples.Terms("premium", startsInDays: 1)).HasLicense);

    [Theory]
    [InlineData(31, false, 0)]
    [InlineData(29, false, 1)]
    [InlineData(29, true, 0)]
    [InlineData(6, true, 1)]
    [InlineData(7, true, 0)]
    [InlineData(1, false, 1)]
    [InlineData(0, false, 0)]
    [InlineData(30, false, 0)]
    public void A_near_end_is_announced(int days, bool trial, int warnings) =>
        Assert.Equal(warnings, Samples.Compute(0, 0, Samples.Terms(expiresInDays: days, trial: trial)).Warnings.Count);

    [Theory]
    [InlineData(10, 0)]
    [InlineData(11, 1)]
    [InlineData(5, 0)]
    public void A_follow_on_license_without_a_gap_is_enough(int startsInDays, int warnings) =>
        Assert.Equal(warnings, Samples.Compute(0, 0, Samples.Terms(expiresInDays: 10), Samples.Terms(startsInDays: startsInDays)).Warnings.Count);

    [Theory]
    [InlineData(9, 0)]
    [InlineData(10, 1)]
    [InlineData(11, 1)]
    public void As_many_agents_as_the_limit_are_announced_without_numbers(long built, int warnings)
    {
        var answer = EntitlementComputation.Compute(
            Samples.Now, Samples.Now, [Samples.Stored(Samples.Terms(features: ("managed_agent_limit", 10)))], [], new UsageCounts(0, 0, built));

        Assert.Equal(built, answer.Features["managed_agent_limit"].Actual);
        Assert.Equal(warnings, answer.Warnings.Count);
        Assert.DoesNotContain(answer.Warnings, warning => warning.Any(char.IsAsciiDigit));
    }

    [Fact]
    public void Agents_are_counted_only_with_a_license() =>
        Assert.Null(Samples.Compute(0, 0).Features["managed_agent_limit"].Actual);

    [Fact]
    public void Too_many_users_are_announced() =>
        Assert.Equal("11 10", Numbers(Assert.Single(Samples.Compute(11, 0, Samples.Terms(features: ("user_limit", 10))).Warnings)));

    private static void AssertSeats(long limit, long used, string? level, string? numbers)
    {
        var answer = Samples.Compute(0, used, Samples.Terms(features: (Seats, limit)));

        Assert.Equal(new Feature(Entitlement.Entitled, true, limit, used), answer.Features[Seats]);
        if (level is null)
        {
            Assert.Empty(answer.Warnings);
            return;
        }

        var warning = Assert.Single(answer.Warnings);
        Assert.Contains(level, warning, StringComparison.Ordinal);
        Assert.Equal(numbers, Numbers(warning));
    }

    private static string Numbers(string text) => string.Join(' ', text.Split([' ', ',', '.']).Where(word => long.TryParse(word, out _)));
}
