using Monolith.Data.Specifications;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Results;
using Monolith.Notifications.Deliveries;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Tests.World;

namespace Monolith.Notifications.Tests.Deliveries;

/// <summary>The command without a database.</summary>
public sealed class RetryDeliveryTests
{
    private readonly IRetryWriter _writer = Substitute.For<IRetryWriter>();
    private readonly AuditTrail _audit = Trail.New();
    private readonly DeliveryRow _dead = Row("dead");

    [Fact]
    public async Task A_delivery_that_was_given_up_is_put_in_line_and_recorded()
    {
        _writer.RetryAsync(_dead.Id, Arg.Any<CancellationToken>()).Returns(true);
        Assert.Equal(_dead.Id, (await RetryAsync(_dead.Id.ToString())).Value.Id);
        Assert.Equal(("notification_delivery", _dead.Id, "Chat"), (_audit.Entries[0].ResourceType, _audit.Entries[0].ResourceId, _audit.Entries[0].Target));
    }

    [Fact]
    public async Task One_that_was_sent_is_a_conflict_and_one_that_is_not_there_is_not_found()
    {
        Assert.Equal(ErrorKind.Conflict, (await RetryAsync(_dead.Id.ToString())).Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, (await RetryAsync(Guid.CreateVersion7().ToString())).Error!.Kind);
        Assert.Equal(ErrorKind.NotFound, (await RetryAsync("nothing")).Error!.Kind);
    }

    internal static DeliveryRow Row(string status) => new()
    {
        Id = Guid.CreateVersion7(),
        MessageId = Guid.CreateVersion7(),
        Rule = "test",
        Subject = "Test message for Chat",
        TargetId = Guid.CreateVersion7(),
        TargetName = "Chat",
        Kind = "webhook",
        Status = status,
        Attempts = 12,
        DueAt = Trail.Now,
        CreatedAt = Trail.Now,
    };

    private Task<Result<Delivery>> RetryAsync(string id) =>
        new RetryDeliveryHandler(new InMemoryReadStore<DeliveryRow>(DeliveryMap.Table, [_dead]), _writer, _audit).Handle(new(id), CancellationToken.None);
}
