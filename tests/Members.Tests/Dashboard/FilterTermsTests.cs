using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using Monolith.Members.Dashboard.Lists;

namespace Monolith.Members.Tests.Dashboard;

/// <summary>The filter bar and the filter text say the same (dashboard specification 1.12, UF cases).</summary>
public sealed class FilterTermsTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 15, 12, 0, 0, TimeSpan.Zero);

    [Theory]
    [InlineData("ada")]
    [InlineData("ada status:active role:owner service_account:true has-ai-seat:false last_seen_after:\"2026-01-02T03:04:05Z\" last_seen_before:\"2026-02-02T03:04:05Z\"")]
    [InlineData("name:\"Ada Lovelace\" status:active,dormant")]
    [InlineData("bogus:1")]
    [InlineData("org-role:release-manager")]
    public void A_filter_survives_the_bar(string filter) => Assert.Equal(filter, FilterTerms.Read(filter).ToFilter());

    [Fact]
    public void Terms_come_in_one_order_and_aliases_in_one_spelling() => Assert.Equal(
        "ada status:active service_account:true has-ai-seat:true",
        FilterTerms.Read("has_ai_seat:true is_service_account:true ada status:active").ToFilter());

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("   ")]
    public void Nothing_is_no_filter(string? filter) => Assert.Null(FilterTerms.Read(filter).ToFilter());

    [Fact]
    public void UF_01_a_chosen_type_keeps_the_role_and_the_range() => Assert.Equal(
        "role:owner service_account:true last_seen_after:\"2026-03-08T00:00:00Z\"",
        Sent(("q", ""), ("role", "owner"), ("type", "true"), ("seen", "7d")));

    [Fact]
    public void The_control_for_roles_says_where_a_role_is_held()
    {
        Assert.Equal("role:owner", Sent(("role", "owner")));
        Assert.Equal("org-role:release-manager", Sent(("role", "org-role:release-manager")));
        Assert.Equal("org-role:release-manager", FilterTerms.Read("ORG_ROLE:release-manager").Role);
        // One control: the other one stays in the text.
        Assert.Equal(("org-role:release-manager", "owner"), (FilterTerms.Read("role:owner org-role:release-manager") is var both ? both.Text : "", both.Role));
    }

    [Fact]
    public void UF_02_the_last_7_days_begin_at_midnight()
    {
        Assert.Equal("last_seen_after:\"2026-03-08T00:00:00Z\"", Sent(("seen", "7d")));
        Assert.Equal("7d", SeenRange.Of(FilterTerms.Read("last_seen_after:\"2026-03-08T00:00:00Z\""), Now)!.Key);
    }

    [Fact]
    public void UF_03_a_typed_term_wins_over_its_control() => Assert.Equal("status:dormant", Sent(("q", "status:dormant"), ("status", "active")));

    [Fact]
    public void A_range_that_is_not_on_offer_is_kept() => Assert.Equal(
        "last_seen_after:\"2020-01-01T00:00:00Z\"", Sent(("seen", "custom"), ("after", "2020-01-01T00:00:00Z"), ("before", "")));

    [Fact]
    public void Other_addresses_are_not_from_the_bar() =>
        Assert.False(FilterForm.TryRead(new QueryCollection(new Dictionary<string, StringValues> { ["filter"] = "ada" }), Now, out _));

    private static string? Sent(params (string Name, string Value)[] inputs)
    {
        Assert.True(FilterForm.TryRead(new QueryCollection(inputs.ToDictionary(one => one.Name, one => new StringValues(one.Value))), Now, out var filter));
        return filter;
    }
}
