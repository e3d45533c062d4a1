using Microsoft.Extensions.Time.Testing;
using Monolith.Kernel.Auditing;

namespace Monolith.BuildingBlocks.Tests.Auditing;

/// <summary>How refusals are summed up.</summary>
public sealed class RefusalCountsTests
{
    [Fact]
    public void Memory_is_bounded_and_every_refusal_is_counted()
    {
        const int Many = 5000;
        const int Capacity = 100;
        var clock = new FakeTimeProvider();
        var counts = new RefusalCounts(clock, Capacity);
        for (var i = 0; i < Many; i++)
            counts.Add(new Refusal(null, $"address {i}", AuditAction.Write, "user", "ChangePassword", 401));
        Assert.InRange(counts.Size, Capacity, Capacity + 1);
        Assert.Equal(Many, counts.TakeDue(false).Sum(sum => sum.Count));
        Assert.Empty(counts.TakeDue(true));
        clock.Advance(TimeSpan.FromMinutes(1));
        counts.TakeDue(false);
        Assert.Equal(0, counts.Size);
    }

    [Fact]
    public void A_sum_shows_soon_and_then_once_a_minute()
    {
        var clock = new FakeTimeProvider();
        var counts = new RefusalCounts(clock);
        var refusal = new Refusal(null, "192.0.2.1", AuditAction.Login, "api_key", "Login", 401);
        counts.Add(refusal);
        Assert.Equal(1, counts.TakeDue(false).Single().Count);
        counts.Add(refusal);
        counts.Add(refusal);
        Assert.Empty(counts.TakeDue(false));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, counts.TakeDue(false).Single().Count);
    }

    [Fact]
    public void The_first_few_of_a_minute_get_rows_of_their_own()
    {
        var clock = new FakeTimeProvider();
        var counts = new RefusalCounts(clock);
        var refusal = new Refusal(null, "192.0.2.1", AuditAction.Login, "api_key", "Login", 401);
        Assert.Equal(5, Enumerable.Range(0, 20).Count(_ => counts.Admits(refusal, 5)));
        Assert.Equal(20 - 5, counts.TakeDue(false).Single().Count);
        Assert.False(counts.Admits(refusal, 5));
        clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(1, counts.TakeDue(false).Single().Count);
        Assert.True(counts.Admits(refusal, 5));
    }

    [Theory]
    [InlineData(typeof(CreateCustomRoleCommand), "CreateCustomRole", AuditAction.Create, "custom_role")]
    [InlineData(typeof(DeleteKeyCommand), "DeleteKey", AuditAction.Delete, "key")]
    [InlineData(typeof(LoginCommand), "Login", AuditAction.Login, "api_key")]
    [InlineData(typeof(SetUserRolesCommand), "SetUserRoles", AuditAction.Write, "user_roles")]
    public void A_command_says_by_its_name_what_was_tried(Type command, string operation, AuditAction action, string resourceType) =>
        Assert.Equal(new OperationName(operation, action, resourceType), OperationName.Of(command));

    private sealed record CreateCustomRoleCommand;

    private sealed record DeleteKeyCommand;

    private sealed record LoginCommand;

    private sealed record SetUserRolesCommand;
}
