using MediatR;
using Monolith.BuildingBlocks.Auditing;
using Monolith.BuildingBlocks.Data;
using Monolith.BuildingBlocks.Messaging;
using Monolith.BuildingBlocks.Results;

namespace Monolith.BuildingBlocks.Pipeline;

/// <summary>Commands run in one transaction: it is committed, audit rows included, only when the result is a success.</summary>
internal sealed class TransactionBehavior<TRequest, TResponse>(DbSession session, AuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand
    where TResponse : IFailable<TResponse>
{
    public async Task<TResponse> Handle(TRequest request, CancellationToken cancellationToken, RequestHandlerDelegate<TResponse> next)
    {
        await session.BeginAsync(cancellationToken);
        try
        {
            var response = await next();
            if (response.Error is null)
            {
                await audit.WriteAsync(cancellationToken);
                await session.CommitAsync(cancellationToken);
            }
            else
            {
                await session.RollbackAsync();
            }

            return response;
        }
        catch
        {
            await session.RollbackAsync();
            throw;
        }
    }
}

/// <summary>A refused or failed command leaves a trace too, with the status it was answered with.</summary>
internal sealed class AuditFailureBehavior<TRequest, TResponse>(AuditTrail audit) : IPipelineBehavior<TRequest, TResponse>
    where TRequest : ICommand
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
