using Microsoft.Extensions.DependencyInjection;
using MediatR;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Messaging;

namespace Monolith.BuildingBlocks.Tests.Messaging;

public sealed class OrderedMediatorTests
{
    private readonly List<string> _log = [];

    [Fact]
    public async Task The_next_handler_starts_when_the_one_before_is_done()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var published = Publish(
            async () =>
            {
                _log.Add("first starts");
                await gate.Task;
                _log.Add("first ends");
            },
            () =>
            {
                _log.Add("second");
                return Task.CompletedTask;
            });
        Assert.False(published.IsCompleted);
        Assert.Equal(["first starts"], _log);
        gate.SetResult();
        await published;
        Assert.Equal(["first starts", "first ends", "second"], _log);
    }

    [Fact]
    public async Task A_handler_that_throws_ends_the_row_and_fails_the_publisher()
    {
        var published = Publish(
            async () =>
            {
                await Task.Yield();
                throw new InvalidOperationException("first");
            },
            () =>
            {
                _log.Add("second");
                return Task.CompletedTask;
            });
        var thrown = await Assert.ThrowsAsync<InvalidOperationException>(() => published);
        Assert.Equal("first", thrown.Message);
        Assert.Empty(_log);
    }

    private static Task Publish(params Func<Task>[] reactions)
    {
        INotificationHandler<Happened>[] handlers = [.. reactions.Select(reaction => new Handler(reaction))];
        var mediator = new OrderedMediator(type => type == typeof(IEnumerable<INotificationHandler<Happened>>) ? handlers : throw new NotSupportedException());
        return new Dispatcher(mediator, new AssumedSession(), new ServiceCollection().AddSingleton(Substitute.For<IOutbox>()).BuildServiceProvider()).PublishAsync(new Happened(), CancellationToken.None);
    }

    private sealed record Happened : IEvent;

    private sealed class Handler(Func<Task> reaction) : IEventHandler<Happened>
    {
        public Task Handle(Happened notification, CancellationToken cancellationToken) => reaction();
    }
}
