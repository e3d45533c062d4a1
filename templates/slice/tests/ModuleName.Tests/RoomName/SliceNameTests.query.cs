using Monolith.Data.Specifications;
using Monolith.Kernel.Results;
using Monolith.ModuleName.RoomName;

namespace Monolith.ModuleName.Tests.RoomName;

/// <summary>The query over rows in memory.</summary>
public sealed class SliceNameTests
{
    [Fact]
    public async Task What_is_not_there_is_not_found()
    {
        var result = await new SliceNameHandler(new InMemoryReadStore<RowName>(MapName.Table, [])).Handle(new SliceNameQuery(Guid.CreateVersion7()), CancellationToken.None);
        Assert.Same(Error.NotFound, result.Error);
    }

    [Fact]
    public void The_statement_asks_for_one_id() =>
        Assert.Contains("id = @", SqlSpecification.Select(new SliceNameRow(Guid.CreateVersion7()), MapName.Table).Sql, StringComparison.Ordinal);
}
