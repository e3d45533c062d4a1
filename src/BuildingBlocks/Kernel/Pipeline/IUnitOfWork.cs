namespace Monolith.Kernel.Pipeline;

/// <summary>The transaction of one command, as the pipeline sees it. Scoped; one at a time.</summary>
public interface IUnitOfWork
{
    /// <summary>Starts it. Throws <see cref="InvalidOperationException"/> when one is under way.</summary>
    Task BeginAsync(CancellationToken cancellationToken);

    /// <summary>Makes everything last.</summary>
    Task CommitAsync(CancellationToken cancellationToken);

    /// <summary>Undoes everything. Not cancellable: an undo must happen.</summary>
    Task RollbackAsync();
}
