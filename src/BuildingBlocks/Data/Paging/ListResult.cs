using System.Runtime.CompilerServices;

namespace Monolith.Data.Paging;

/// <summary>What a list query answers: a <see cref="Page{T}"/>, read and finished; or, for whole lists and files, a <see cref="RowStream{T}"/>.</summary>
public abstract record ListResult<T>
{
    private protected ListResult()
    {
    }

    /// <summary>Everything in memory, for dashboard pages and tests. Ask for a limit.</summary>
    public abstract Task<Page<T>> ToPageAsync(CancellationToken cancellationToken);
}

/// <summary>Rows of a list in memory.</summary>
/// <param name="Rows">In display order.</param>
/// <param name="Count">How many match whatever the page; 0 when there are no rows, unless the specification says otherwise; null when nobody asked. Of the batches of a stream only the last one knows it.</param>
/// <param name="Next">Where the next page begins; null when this is the last one, and for batches of a stream.</param>
public sealed record Page<T>(IReadOnlyList<T> Rows, long? Count, NextPage? Next = null) : ListResult<T>
{
    /// <summary>True when <see cref="Count"/> is about as many as there are; there are more than <see cref="Specifications.CountSource.Exact"/> then.</summary>
    public bool IsEstimate { get; init; }

    /// <summary>Nothing.</summary>
    public static Page<T> Empty { get; } = new([], 0);

    /// <inheritdoc />
    public override Task<Page<T>> ToPageAsync(CancellationToken cancellationToken) => Task.FromResult(this);

    /// <summary>The page with its rows turned into something else; one look-up serves all of them.</summary>
    public async Task<Page<TOut>> SelectAsync<TOut>(
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TOut>>> convert, CancellationToken cancellationToken) =>
        new(await convert(Rows, cancellationToken), Count, Next) { IsEstimate = IsEstimate };
}

/// <summary>Where a list goes on.</summary>
/// <param name="AfterId">The last row of the page before; null when the order has no cursor and the next page begins by offset.</param>
public sealed record NextPage(Guid? AfterId);

/// <summary>A whole list in batches that are read while the response is written. It is read once.</summary>
/// <param name="Batches">None is an empty list. The count of the last one is the count of the list.</param>
/// <param name="HasMoreAsync">Whether rows come after those of a long page; null when the list is whole.</param>
public sealed record RowStream<T>(IAsyncEnumerable<Page<T>> Batches, Func<CancellationToken, Task<bool>>? HasMoreAsync = null) : ListResult<T>
{
    /// <summary>What is in memory already, as one batch.</summary>
    public static RowStream<T> Of(Page<T> page, Func<CancellationToken, Task<bool>>? hasMore = null) => new(OnceAsync(page), hasMore);

    /// <summary>The stream with its rows turned into something else, a batch at a time.</summary>
    public RowStream<TOut> Select<TOut>(Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TOut>>> convert) => new(ConvertAsync(convert, default), HasMoreAsync);

    /// <inheritdoc />
    public override async Task<Page<T>> ToPageAsync(CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        long? count = null;
        var any = false;
        await foreach (var batch in Batches.WithCancellation(cancellationToken))
        {
            rows.AddRange(batch.Rows);
            (any, count) = (true, batch.Count);
        }
        return new Page<T>(rows, any ? count : 0);
    }

    private static async IAsyncEnumerable<Page<T>> OnceAsync(Page<T> page)
    {
        await Task.CompletedTask;
        if (page.Rows.Count > 0)
            yield return page;
    }

    private async IAsyncEnumerable<Page<TOut>> ConvertAsync<TOut>(
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TOut>>> convert, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in Batches.WithCancellation(cancellationToken))
            yield return await batch.SelectAsync(convert, cancellationToken);
    }
}
