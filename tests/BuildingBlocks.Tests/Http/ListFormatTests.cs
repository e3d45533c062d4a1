using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

/// <summary>What a client gets that accepts several forms of a list.</summary>
public sealed class ListFormatTests
{
    [Theory]
    [InlineData(null, false, false)]
    [InlineData("*/*", false, false)]
    [InlineData("application/json", false, false)]
    [InlineData("application/*", false, false)]
    [InlineData("text/csv", true, false)]
    [InlineData("application/x-ndjson", false, true)]
    [InlineData("application/jsonl", false, true)]
    [InlineData("application/x-ndjson, */*;q=0.1", false, true)]
    [InlineData("application/x-ndjson;q=0.5, application/json", false, false)]
    [InlineData("application/x-ndjson;q=0.5, text/csv", true, false)]
    [InlineData("application/x-ndjson;q=0", false, false)]
    public void The_form_that_it_prefers(string? accept, bool csv, bool lines)
    {
        var format = ListFormat.Of(accept is null ? null : [accept]);
        Assert.Equal((csv, lines), (format.IsCsv, format.IsLines));
    }
}
