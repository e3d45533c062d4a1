using Dapper;
using Monolith.Data.Specifications;

namespace Monolith.BuildingBlocks.Tests.Specifications;

public sealed class CountCacheTests
{
    private static readonly Counted Seven = new(7, false, false);

    [Fact]
    public void A_count_is_found_for_its_version_only()
    {
        var cache = new CountCache();
        Assert.Null(cache.Find(1, 3));
        Assert.Null(cache.Latest(1));
        cache.Keep(1, 3, Seven);
        Assert.Equal(Seven, cache.Find(1, 3));
        Assert.Null(cache.Find(1, 4));
        Assert.Null(cache.Find(2, 3));
        Assert.Equal(Seven, cache.Latest(1));
    }

    [Fact]
    public void What_was_kept_lately_stays_when_it_is_full_and_the_rest_goes()
    {
        var cache = new CountCache(capacity: 2);
        for (var list = 0; list < 5; list++)
            cache.Keep((UInt128)list, 1, Seven);
        Assert.Null(cache.Find(0, 1));
        Assert.Equal(Seven, cache.Find(3, 1));
        Assert.Equal(Seven, cache.Find(4, 1));
    }

    [Fact]
    public void Lists_with_other_conditions_values_or_cursors_are_others()
    {
        UInt128[] lists =
        [
            List("a", Of(), null),
            List("b", Of(), null),
            List("a", Of("x"), null),
            List("a", Of("x", "y"), null),
            List("a", Of("x\n1:y"), null),
            List("a", Of((object)new[] { "x", "y" }), null),
            List("a", Of(true), null),
            List("a", Of((object?)null), null),
            List("a", Of("x"), Guid.Empty),
            List("a", Of("x"), Guid.AllBitsSet),
        ];
        Assert.Equal(lists.Length, lists.Distinct().Count());
        Assert.Equal(lists[2], List("a", Of("x"), null));
    }

    [Fact]
    public void Many_are_those_of_whom_a_walk_meets_a_page_soon()
    {
        Assert.False(CountSource.AreMany(1, 1_000_000, true));
        Assert.False(CountSource.AreMany(4_000, 1_000_000, true));
        Assert.True(CountSource.AreMany(20_000, 1_000_000, false));
        Assert.True(CountSource.AreMany(2_000, 100_000, false));

        // Whoever is looked for among few.
        Assert.True(CountSource.AreMany(20, 1_000, true));
        Assert.False(CountSource.AreMany(20, 1_000, false));
    }

    private static UInt128 List(string text, DynamicParameters values, object? cursor) =>
        CountCache.Behind(CountCache.Conditions(new CountedList(text, values, values.ParameterNames.Count())), cursor);

    private static DynamicParameters Of(params object?[] values)
    {
        var parameters = new DynamicParameters();
        for (var i = 0; i < values.Length; i++)
            parameters.Add($"p{i}", values[i]);
        return parameters;
    }
}
