using System.Text.Json;
using Monolith.Kernel.Messaging;

namespace Monolith.Data.Outbox;

/// <summary>Every handler that the modules of this build have. Singleton.</summary>
internal sealed class OutboxRoutes
{
    private readonly Dictionary<string, OutboxRoute> _routes = [];

    public OutboxRoutes(IEnumerable<OutboxRoute> routes)
    {
        foreach (var route in routes)
        {
            if (!_routes.TryAdd(route.Handler, route))
                throw new InvalidOperationException($"{route.Handler} handles two events through the outbox; make it two classes.");
        }

        Names = [.. _routes.Keys];
    }

    public string[] Names { get; }

    public IEnumerable<OutboxRoute> Of(Type eventType) => _routes.Values.Where(route => route.EventType == eventType);

    public OutboxRoute Find(string handler) => _routes[handler];
}

/// <summary>Stores work with the command that caused it. Scoped.</summary>
internal sealed class OutboxWriter(OutboxRoutes routes, IOutboxStore store, TimeProvider clock) : IOutbox
{
    public async Task StoreAsync(IEvent happened, CancellationToken cancellationToken)
    {
        var type = happened.GetType();
        var handlers = routes.Of(type).Select(route => route.Handler).ToArray();
        if (handlers.Length > 0)
            await store.AddAsync(new(Guid.CreateVersion7(), type.Name, JsonSerializer.Serialize(happened, type), clock.GetUtcNow()), handlers, cancellationToken);
    }
}
