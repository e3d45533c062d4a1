using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

public sealed class IfMatchTests
{
    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("*")]
    [InlineData(" * ")]
    [InlineData("\"now\"")]
    [InlineData("\"before\", \"now\"")]
    [InlineData("\"before\",\"now\"")]
    public void The_condition_holds(string? header) => Assert.Null(IfMatch.Check(header, "now"));

    [Theory]
    [InlineData("\"before\"")]
    [InlineData("now")]
    [InlineData("\"NOW\"")]
    [InlineData("W/\"now\"")]
    [InlineData("\"\"")]
    [InlineData(",")]
    public void The_condition_is_stale(string header) => Assert.Same(IfMatch.Stale, IfMatch.Check(header, "now"));
}
