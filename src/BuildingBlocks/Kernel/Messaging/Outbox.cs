using System.Text.Json;

namespace Monolith.Kernel.Messaging;

/// <summary>
/// Reacts to an event of this or a lower module after the command that published it was committed. What it has to do is stored with the command, and done by any replica, again after a failure or a crash.
/// Statements of <c>Db&lt;TModule&gt;</c> last exactly if the work is done to its end, so they happen once; what it tells the outside may be told twice. It runs in a transaction: it sends no commands.
/// </summary>
public interface IOutboxHandler<in TEvent>
    where TEvent : IEvent
{
    /// <summary>An exception undoes what it wrote; it is tried again later, up to twelve times in about an hour. Ten minutes are all it has.</summary>
    Task HandleAsync(TEvent happened, OutboxDelivery delivery, CancellationToken cancellationToken);
}

/// <summary>One piece of work as its handler sees it.</summary>
/// <param name="EventId">The event, the same for each of its handlers and attempts.</param>
/// <param name="Handler">The full name of the handler's type.</param>
/// <param name="Attempt">From 1.</param>
public sealed record OutboxDelivery(Guid EventId, string Handler, int Attempt)
{
    /// <summary>The same for each attempt: what an outside system is given, so that it can tell a repetition.</summary>
    public string IdempotenceKey => $"{EventId}/{Handler}";
}

/// <summary>Where the work of <see cref="IOutboxHandler{TEvent}"/> waits.</summary>
internal interface IOutbox
{
    /// <summary>Stores a piece for each handler of the event, in the transaction under way. Nothing when there is none.</summary>
    Task StoreAsync(IEvent happened, CancellationToken cancellationToken);
}

/// <summary>Leads from the stored name of a handler to its code.</summary>
internal abstract class OutboxRoute(string handler, Type eventType)
{
    public string Handler => handler;

    public Type EventType => eventType;

    public abstract Task RunAsync(IServiceProvider services, string payload, OutboxDelivery delivery, CancellationToken cancellationToken);

    public static OutboxRoute Of(Type eventType, Type handler) => (OutboxRoute)Activator.CreateInstance(typeof(OutboxRoute<,>).MakeGenericType(eventType, handler))!;
}

internal sealed class OutboxRoute<TEvent, THandler>() : OutboxRoute(typeof(THandler).FullName!, typeof(TEvent))
    where TEvent : IEvent
    where THandler : class, IOutboxHandler<TEvent>
{
    public override Task RunAsync(IServiceProvider services, string payload, OutboxDelivery delivery, CancellationToken cancellationToken) =>
        ((THandler)services.GetService(typeof(THandler))!).HandleAsync(JsonSerializer.Deserialize<TEvent>(payload)!, delivery, cancellationToken);
}
