using Microsoft.Extensions.Logging;

namespace Monolith.Members.Imports;

/// <summary>What became of a file, so far or in all.</summary>
/// <param name="Rows">Rows read.</param>
/// <param name="Created">New accounts.</param>
/// <param name="Added">Accounts that joined the organization.</param>
/// <param name="Unchanged">Rows that changed nothing.</param>
/// <param name="Failed">Rows that were refused.</param>
/// <param name="DryRun">Nothing was done: it is what would happen.</param>
/// <param name="Done">False in a progress line.</param>
/// <param name="Failures">The first 1000 of the rows that were refused, in a final answer.</param>
/// <param name="Error">Why the import was given up, in the last progress line; else left out.</param>
internal sealed record ImportReport(
    int Rows, int Created, int Added, int Unchanged, int Failed, bool DryRun, bool Done, IReadOnlyList<ImportRowResult> Failures, ErrorBody? Error = null)
{
    public ImportReport With(IReadOnlyList<ImportRowResult> batch) => this with
    {
        Rows = Rows + batch.Count,
        Created = Created + batch.Count(one => one.Outcome == ImportOutcome.Created),
        Added = Added + batch.Count(one => one.Outcome == ImportOutcome.Added),
        Unchanged = Unchanged + batch.Count(one => one.Outcome == ImportOutcome.Unchanged),
        Failed = Failed + batch.Count(one => one.Outcome == ImportOutcome.Failed),
    };
}

/// <summary>Brings the rows of a file in, in batches: each in a transaction of its own, decided by the session and the rights of that moment. No connection is held while the file is read. Scoped.</summary>
internal sealed partial class ImportStream(IDispatcher dispatcher, IStreamGate gate, ILogger<ImportStream> log)
{
    private const int Batch = 500;
    private const int MostFailures = 1000;

    private readonly List<ImportRowResult> _failures = [];
    private ImportReport _total = new(0, 0, 0, 0, 0, false, false, []);

    /// <summary>Reads to the end or to the first failure; <paramref name="progress"/> hears of every batch. Whole batches stay stored whatever happens.</summary>
    public async Task<Result<ImportReport>> RunAsync(
        IImportRows rows, bool dryRun, Func<IReadOnlyList<ImportRow>, KnownAccounts?, ICommand<IReadOnlyList<ImportRowResult>>> command,
        Func<IReadOnlyList<ImportRowResult>, ImportReport, Task> progress, CancellationToken cancellationToken)
    {
        using var place = gate.TryEnter();
        if (place is null)
            return StreamErrors.TooMany;
        _total = _total with { DryRun = dryRun };
        var planned = dryRun ? new KnownAccounts() : null;
        try
        {
            while (true)
            {
                var batch = await rows.NextAsync(Batch, cancellationToken);
                if (batch.Error is { } unreadable)
                    return Explain(unreadable);
                if (batch.Value.Count == 0)
                    return _total.Rows == 0 ? Error.BadRequest("The file holds no row.") : _total with { Done = true, Failures = _failures };
                if (_total.Rows + batch.Value.Count > ImportLimits.MostRows)
                    return Explain(Error.BadRequest($"At most {ImportLimits.MostRows:N0} rows.", "Send the rest in another file."));
                var results = await StoreAsync(command(batch.Value, planned), cancellationToken);
                if (results.Error is { } refusal)
                    return Explain(refusal);
                _total = _total.With(results.Value);
                _failures.AddRange(results.Value.Where(one => one.Outcome == ImportOutcome.Failed).Take(MostFailures - _failures.Count));
                await progress(results.Value, _total);
            }
        }
        catch (Exception exception) when (BodyFault.Explain(exception) is { } fault)
        {
            return Explain(fault);
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            LogBroken(_total.Created, _total.Added);
            throw;
        }
    }

    /// <summary>The last line of an import that was given up.</summary>
    public ImportReport Broken(Error error) =>
        _total with { Failures = [], Error = new ErrorBody(error.Message, error.Detail, error.Validations is { Count: > 0 } fields ? fields : null) };

    private async Task<Result<IReadOnlyList<ImportRowResult>>> StoreAsync(ICommand<IReadOnlyList<ImportRowResult>> batch, CancellationToken cancellationToken)
    {
        using var turn = await gate.TurnAsync(cancellationToken);
        await gate.RenewAsync(cancellationToken);
        return await dispatcher.SendAsync(batch, cancellationToken);
    }

    private Error Explain(Error error) => _total.Rows == 0
        ? error
        : error with { Detail = $"{error.Detail} Before this: {_total.Created} created, {_total.Added} added, of {_total.Rows} rows. The same file may be sent again.".TrimStart() };

    [LoggerMessage(LogLevel.Information, "An import broke off; {Created} accounts are created and {Added} people added")]
    private partial void LogBroken(int created, int added);
}
