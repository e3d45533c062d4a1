using Microsoft.Extensions.Logging;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Stores events in batches, each in a transaction of its own, decided by the session and the rights of that moment. Scoped.</summary>
internal sealed partial class UsageStream(IDispatcher dispatcher, ICaller caller, IStreamGate gate, TimeProvider clock, ILogger<UsageStream> log)
{
    private const int MostRejected = 1000;

    private readonly List<RejectedEvent> _rejected = [];
    private UsageReportResult _total = new(0, 0, [], 0, 0, false);

    /// <summary>Reads to the end or to the first failure; <paramref name="progress"/> hears of every batch. Whole batches stay stored whatever happens.</summary>
    public async Task<Result<UsageReportResult>> StoreAsync<T>(
        UsageLines lines, Func<UsageEvents<T>, ReportCommand<T>> command, Func<UsageReportResult, Task> progress, CancellationToken cancellationToken)
        where T : class, IUsageEvent<T>
    {
        // Whoever may report nothing is refused before a byte of the body is read.
        if (Refuse(T.Resource) is { } refused)
            return refused;
        using var place = gate.TryEnter();
        if (place is null)
            return StreamErrors.TooMany;
        try
        {
            while (true)
            {
                var first = lines.Read;
                var batch = await lines.NextAsync(UsageEvents<T>.Most, cancellationToken);
                if (batch.Error is { } unreadable)
                    return Explain(unreadable);
                if (batch.Value.Count == 0 && _total.Batches > 0)
                    return _total with { Rejected = _rejected, Done = true };
                var stored = await StoreBatchAsync(command(UsageEvents<T>.Of(batch.Value, clock.GetUtcNow(), first)), cancellationToken);
                if (stored.Error is { } refusal)
                    return Explain(refusal);
                await progress(Add(stored.Value));
            }
        }
        catch (BadHttpRequestException)
        {
            return Explain(Error.BadRequest("The request body ended too early."));
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            LogBroken(_total.Accepted, _total.Batches);
            throw;
        }
    }

    /// <summary>The last line of a stream that was given up.</summary>
    public UsageReportResult Broken(Error error) =>
        _total with { Error = new ErrorBody(error.Message, error.Detail, error.Validations is { Count: > 0 } fields ? fields : null) };

    private async Task<Result<UsageReportResult>> StoreBatchAsync<T>(ReportCommand<T> batch, CancellationToken cancellationToken)
        where T : class, IUsageEvent<T>
    {
        using var turn = await gate.TurnAsync(cancellationToken);
        await gate.RenewAsync(cancellationToken);
        return await dispatcher.SendAsync(batch, cancellationToken);
    }

    private Error? Refuse(ResourceType resource)
    {
        if (!caller.IsAuthenticated)
            return caller.Failure ?? SessionErrors.Missing;
        var rows = caller.Subject.Visible(PermissionAction.Create, resource);
        return rows is { Everything: false, OwnedOutsideOrganizations: false, Organizations.Count: 0, OwnedInOrganizations.Count: 0 } ? Error.Forbidden : null;
    }

    private UsageReportResult Add(UsageReportResult batch)
    {
        _rejected.AddRange(batch.Rejected.Take(MostRejected - _rejected.Count));
        _total = new(
            _total.Accepted + batch.Accepted, _total.Duplicates + batch.Duplicates, [], _total.RejectedCount + batch.Rejected.Count, _total.Batches + 1, false);
        return _total with { Rejected = batch.Rejected };
    }

    private Error Explain(Error error) => _total.Batches == 0
        ? error
        : error with { Detail = $"Stored before this: {_total.Accepted} events in {_total.Batches} batches. Events may be sent again." };

    [LoggerMessage(LogLevel.Information, "A stream of usage events broke off; {Accepted} new events in {Batches} batches are stored")]
    private partial void LogBroken(int accepted, int? batches);
}

/// <summary>Answers a stream: one JSON answer at the end, or with <c>Accept: application/x-ndjson</c> a line after each batch.</summary>
internal sealed class UsageStreamResult<T>(UsageStream stream, Func<UsageEvents<T>, ReportCommand<T>> command) : IResult
    where T : class, IUsageEvent<T>
{
    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var wantsProgress = ProgressLines.AreWanted(httpContext.Request);
        var result = await stream.StoreAsync(
            new UsageLines(httpContext.Request.BodyReader),
            command,
            answer => wantsProgress ? WriteLineAsync(httpContext, answer) : Task.CompletedTask,
            httpContext.RequestAborted);

        if (httpContext.Response.HasStarted)
            await WriteLineAsync(httpContext, result.Match(answer => answer with { Rejected = [] }, stream.Broken));
        else if (result.IsSuccess)
            await ApiResults.WriteJsonAsync(httpContext, StatusCodes.Status200OK, result.Value);
        else
            await ErrorWriter.WriteAsync(httpContext, result.Error);
    }

    private static async Task WriteLineAsync(HttpContext context, UsageReportResult answer)
    {
        await ProgressLines.WriteAsync(context, answer);
        await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
    }
}
