using System.Runtime.CompilerServices;

namespace Monolith.BuildingBlocks.Paging;

/// <summary>Rows, and how many match whatever the page.</summary>
/// <param name="Rows">In display order.</param>
/// <param name="Count">0 when there are no rows. Of the batches of a whole list only the last one knows it.</param>
public sealed record PageOf<T>(IReadOnlyList<T> Rows, long Count);

/// <summary>The answer of a list: one page, or the whole list in batches that are read while the answer is written. It is read once.</summary>
/// <param name="batches">One page, or the batches of a whole list. None is an empty list.</param>
/// <param name="isStream">The list is as long as it is: it may last, and its reader is looked at again while it does.</param>
public sealed class Listing<T>(IAsyncEnumerable<PageOf<T>> batches, bool isStream = false)
{
    /// <summary>True for a whole list, false for a page.</summary>
    public bool IsStream => isStream;

    /// <summary>What to write, in order. The count of the last batch is the count of the list.</summary>
    public IAsyncEnumerable<PageOf<T>> Batches => batches;

    /// <summary>Turns the rows of each batch into something else, a batch at a time: one look-up serves a whole batch.</summary>
    public Listing<TOut> Select<TOut>(Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TOut>>> convert) => new(Convert(convert, default), isStream);

    /// <summary>Everything in memory, for pages and tests. Ask for a limit.</summary>
    public async Task<PageOf<T>> ToPageAsync(CancellationToken cancellationToken)
    {
        var rows = new List<T>();
        var count = 0L;
        await foreach (var batch in batches.WithCancellation(cancellationToken))
        {
            rows.AddRange(batch.Rows);
            count = batch.Count;
        }
        return new PageOf<T>(rows, count);
    }

    private async IAsyncEnumerable<PageOf<TOut>> Convert<TOut>(
        Func<IReadOnlyList<T>, CancellationToken, Task<IReadOnlyList<TOut>>> convert,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches.WithCancellation(cancellationToken))
            yield return new PageOf<TOut>(await convert(batch.Rows, cancellationToken), batch.Count);
    }
}
