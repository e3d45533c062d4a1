using Monolith.BuildingBlocks.Tests.Data;
using Monolith.Data.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

/// <summary>Dapper fills a positional record only when the columns stand in the order of its constructor; the map sees to it.</summary>
public sealed class PositionalRowTests(ThrowawayPostgres postgres) : IClassFixture<ThrowawayPostgres>
{
    [Fact]
    public async Task Reads_a_positional_record_whatever_the_order_of_the_map()
    {
        await using var session = postgres.Source.Session();
        var map = new TableMap<Card>(
            "people p",
            card => card.Id,
            columns => columns.Read(card => card.Lower, "lower(p.name)").Read(card => card.CreatedAt, "p.created_at").Read(card => card.SeenAt, "p.seen_at").Read(card => card.Status, "p.status").Read(card => card.Id, "p.id"));
        var (sql, parameters) = SqlSpecification.Select(new Upper(), map);
        var found = await session.Db().QueryAsync<Card>(sql, parameters, CancellationToken.None);
        var expected = Sample.Rows
            .Where(p => p.Name.Equals("ab", StringComparison.OrdinalIgnoreCase))
            .Select(p => new Card(p.Id, p.Name.ToLowerInvariant(), p.Status, p.CreatedAt, p.SeenAt));
        Assert.Equal(expected.OrderBy(card => card.Id), found);
    }

    private sealed record Card(Guid Id, string Lower, Mood Status, DateTimeOffset CreatedAt, DateTimeOffset? SeenAt);

    private sealed class Upper : Specification<Card>
    {
        public Upper() => Query.Where(card => card.Lower == "ab").OrderBy(card => card.Lower);
    }
}
