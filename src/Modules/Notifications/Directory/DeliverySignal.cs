using System.Threading.Channels;

namespace Monolith.Notifications.Directory;

/// <summary>Tells the worker of this process that something was stored. Others see it at their next look. Singleton.</summary>
internal sealed class DeliverySignal
{
    private readonly Channel<bool> _set = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    public void Set() => _set.Writer.TryWrite(true);

    public Task WaitAsync(CancellationToken cancellationToken) => _set.Reader.ReadAsync(cancellationToken).AsTask();
}
