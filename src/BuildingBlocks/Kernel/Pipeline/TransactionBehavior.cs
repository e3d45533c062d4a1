using MediatR;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;

namespace Monolith.Kernel.Pipeline;

/// <summary>Commands run in one transaction: it is committed, audit rows included, only when the result is a success.</summary>
internal sealed class TransactionBehavior<TRequest, TResponse>(IUnitOfWork work, AuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommandBase
    where TResponse : IFailable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        await work.BeginAsync(cancellationToken);
        try
        {
            var response = await next();
            if (response.Error is null)
            {
                await audit.WriteAsync(cancellationToken);
                await work.CommitAsync(cancellationToken);
            }
            else
            {
                await work.RollbackAsync();
            }

            return response;
        }
        catch
        {
            await work.RollbackAsync();
            throw;
        }
    }
}

/// <summary>A refused or failed command leaves a trace too, with the status it was answered with.</summary>
internal sealed class AuditFailureBehavior<TRequest, TResponse>(AuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommandBase
    where TResponse : IFailable<TResponse>
{
    private static readonly OperationName Name = OperationName.Of(typeof(TRequest));

    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        var response = await next();
        if (response.Error is { } error)
            await audit.WriteRefusalAsync(Name, error);
        return response;
    }
}
