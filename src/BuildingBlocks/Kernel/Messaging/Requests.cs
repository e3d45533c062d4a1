using MediatR;
using Microsoft.Extensions.DependencyInjection;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Unit = Monolith.Kernel.Results.Unit;

namespace Monolith.Kernel.Messaging;

/// <summary>What goes through the pipeline to its one handler: a query or a command.</summary>
/// <typeparam name="T">What a success holds.</typeparam>
public interface IRequest<T> : MediatR.IRequest<Result<T>>;

/// <summary>A question. It changes nothing and runs outside a transaction.</summary>
/// <typeparam name="T">What a success holds.</typeparam>
public interface IQuery<T> : IRequest<T>;

/// <summary>Marks a request that writes. The pipeline runs it in one transaction, committed on success only.</summary>
public interface ICommandBase;

/// <summary>A command whose success holds a <typeparamref name="T"/>.</summary>
public interface ICommand<T> : IRequest<T>, ICommandBase;

/// <summary>A command whose success holds nothing.</summary>
public interface ICommand : ICommand<Unit>;

/// <summary>Answers one query type. Exactly one handler may exist for each; the start-up check names offenders.</summary>
public interface IQueryHandler<TQuery, T> : IRequestHandler<TQuery, Result<T>>
    where TQuery : IQuery<T>;

/// <summary>Carries out one command type.</summary>
public interface ICommandHandler<TCommand, T> : IRequestHandler<TCommand, Result<T>>
    where TCommand : ICommand<T>;

/// <summary>Something that happened, named in the past tense. Handled in the transaction of the command that publishes it.</summary>
public interface IEvent : INotification;

/// <summary>Reacts to an event of this or a lower module, in the transaction of the publishing command. An exception fails that command; work that must not is an <see cref="IOutboxHandler{TEvent}"/>.</summary>
public interface IEventHandler<in TEvent> : INotificationHandler<TEvent>
    where TEvent : IEvent;

/// <summary>The way into the pipeline, for endpoints and pages; and the way to announce events, for handlers.</summary>
public interface IDispatcher
{
    /// <summary>Sends a query or command through trace, authorize, validate, transaction, handler.</summary>
    Task<Result<T>> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken);

    /// <summary>Runs every handler of an event, one after the other, before it returns, and stores the work of those that use the outbox.</summary>
    Task PublishAsync<TEvent>(TEvent happened, CancellationToken cancellationToken)
        where TEvent : IEvent;
}

internal sealed class Dispatcher(IMediator mediator, AssumedSession session, IServiceProvider services) : IDispatcher
{
    public Task<Result<T>> SendAsync<T>(IRequest<T> request, CancellationToken cancellationToken) =>
        session.IsSettled ? mediator.Send(request, cancellationToken) : SendAssumingAsync(request, cancellationToken);

    public async Task PublishAsync<TEvent>(TEvent happened, CancellationToken cancellationToken)
        where TEvent : IEvent
    {
        await mediator.Publish(happened, cancellationToken);
        // Most requests publish nothing and need no outbox.
        await services.GetRequiredService<IOutbox>().StoreAsync(happened, cancellationToken);
    }

    // Whatever the handler made of the assumption goes no further.
    private async Task<Result<T>> SendAssumingAsync<T>(IRequest<T> request, CancellationToken cancellationToken)
    {
        var result = await mediator.Send(request, cancellationToken);
        await session.ConfirmAsync(cancellationToken);
        return result;
    }
}

/// <summary>MediatR starts all notification handlers at once; ours share one connection, so they run in turn.</summary>
internal sealed class OrderedMediator(ServiceFactory serviceFactory) : Mediator(serviceFactory)
{
    protected override async Task PublishCore(IEnumerable<Task> allHandlers)
    {
        foreach (var handler in allHandlers)
            await handler;
    }
}
