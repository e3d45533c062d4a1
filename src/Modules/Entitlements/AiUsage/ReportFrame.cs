namespace Monolith.Entitlements.AiUsage;

/// <summary>A report of events of one kind.</summary>
internal abstract record ReportCommand<T>(UsageEvents<T> Report) : ICommand<UsageReportResult>
    where T : class, IUsageEvent<T>;

/// <summary>One refusal refuses the whole report.</summary>
internal abstract class ReportAuthorizer<TCommand, T>(ICaller caller) : IRequestAuthorizer<TCommand>
    where TCommand : ReportCommand<T>
    where T : class, IUsageEvent<T>
{
    public ValueTask<Error?> AuthorizeAsync(TCommand request, CancellationToken cancellationToken) =>
        ValueTask.FromResult(request.Report.Targets.All(target => caller.Can(PermissionAction.Create, target)) ? null : Error.Forbidden);
}

internal abstract class ReportValidator<TCommand, T> : AbstractValidator<TCommand>
    where TCommand : ReportCommand<T>
    where T : class, IUsageEvent<T>
{
    protected ReportValidator() =>
        RuleFor(command => command.Report.Events).NotEmpty().OverridePropertyName(T.Envelope).WithMessage($"From 1 to {UsageEvents<T>.Most} events are required.");
}

/// <summary>Knows duplicates, refuses, stores, and records who used AI: in one transaction.</summary>
internal abstract class ReportHandler<TCommand, T>(SeatRecorder seats) : ICommandHandler<TCommand, UsageReportResult>
    where TCommand : ReportCommand<T>
    where T : class, IUsageEvent<T>
{
    public async Task<Result<UsageReportResult>> Handle(TCommand request, CancellationToken cancellationToken)
    {
        var report = new UsageReport<T>(request.Report.Events);
        report.Begin(await KnownAsync(report.Ids, cancellationToken));
        await RefuseAsync(report, cancellationToken);
        var fresh = await StoreAsync(report, cancellationToken);
        await seats.RecordAsync(T.SeatEventType, fresh.Select(one => one.Evidence).OfType<SeatEvidence>(), cancellationToken);
        return report.Answer(fresh.Count);
    }

    /// <summary>Those of the ids that are stored.</summary>
    protected abstract Task<IReadOnlySet<Guid>> KnownAsync(Guid[] ids, CancellationToken cancellationToken);

    /// <summary>Refuses what names nobody, or somebody else.</summary>
    protected abstract Task RefuseAsync(UsageReport<T> report, CancellationToken cancellationToken);

    /// <summary>Stores what is new and answers it, each id once. Another report may store the same ids at this moment.</summary>
    protected abstract Task<IReadOnlyList<T>> StoreAsync(UsageReport<T> report, CancellationToken cancellationToken);
}
