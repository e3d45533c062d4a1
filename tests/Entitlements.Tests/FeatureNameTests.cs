using Monolith.Entitlements.Features;

namespace Monolith.Entitlements.Tests;

/// <summary>Names of features and add-ons in words.</summary>
public sealed class FeatureNameTests
{
    [Theory]
    [InlineData("ai_governance", "AI Governance")]
    [InlineData("workspace_prebuilds", "Workspace Prebuilds")]
    public void Finding_18_a_name_is_written_as_people_write_it(string name, string words) => Assert.Equal(words, FeatureCatalog.Humanize(name));

    [Fact]
    public void No_name_of_the_catalog_has_a_half_written_AI() =>
        Assert.All(FeatureCatalog.All, feature => Assert.DoesNotMatch(@"\bAi", feature.HumanName));
}
