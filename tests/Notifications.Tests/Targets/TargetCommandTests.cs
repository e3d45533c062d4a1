using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Data.Specifications;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Json;
using Monolith.Kernel.Results;
using Monolith.Notifications.Directory;
using Monolith.Notifications.Targets;
using Monolith.Notifications.Tests.World;
using Monolith.Web.Http;

namespace Monolith.Notifications.Tests.Targets;

/// <summary>The commands about targets without a database.</summary>
public sealed class TargetCommandTests
{
    private readonly ITargetStore _targets = Substitute.For<ITargetStore>();
    private readonly FakeTimeProvider _clock = new(Trail.Now);
    private readonly SecretBox _secrets = new(new EphemeralDataProtectionProvider());
    private readonly AuditTrail _audit = Trail.New();
    private readonly TargetRow _hook = new()
    {
        Id = Guid.CreateVersion7(),
        Name = "Chat",
        Kind = "webhook",
        Enabled = true,
        Url = "https://hooks.example.com/T0/secret-path",
        CreatedAt = Trail.Now.AddDays(-1),
        UpdatedAt = Trail.Now.AddDays(-1),
    };

    public TargetCommandTests()
    {
        foreach (var row in new[] { _hook })
        {
            _targets.LockAsync(row.Id, Arg.Any<CancellationToken>()).Returns(row);
            _targets.FindAsync(row.Id, Arg.Any<CancellationToken>()).Returns(row);
        }

        _targets.InsertAsync(null!, null, default).ReturnsForAnyArgs(true);
        _targets.UpdateAsync(null!, default).ReturnsForAnyArgs(true);
    }

    [Fact]
    public async Task A_webhook_gets_a_secret_which_is_answered_and_stored_closed()
    {
        var made = (await CreateAsync(new("Chat", "webhook", null, "https://hooks.example.com/x", null))).Value;
        Assert.True(made.Enabled);
        var stored = (string)_targets.ReceivedCalls().Single(call => call.GetMethodInfo().Name == nameof(ITargetStore.InsertAsync)).GetArguments()[1]!;
        Assert.DoesNotContain("whsec", stored, StringComparison.Ordinal);
        Assert.Equal(made.Secret, _secrets.Open(stored));
        AssertRecorded(AuditAction.Create, made.Id);
    }

    [Fact]
    public async Task A_name_that_is_taken_and_fields_of_another_kind_are_refused()
    {
        _targets.InsertAsync(null!, null, default).ReturnsForAnyArgs(false);
        Assert.Equal(ErrorKind.Conflict, (await CreateAsync(new("Chat", "webhook", null, "https://hooks.example.com/x", null))).Error!.Kind);
        Assert.Equal("recipients", (await CreateAsync(new("Chat", "webhook", null, "https://hooks.example.com/x", ["a@example.com"]))).Error!.Validations![0].Field);
        Assert.Equal("url", (await CreateAsync(new("Ops", "email", null, "https://hooks.example.com/x", ["a@example.com"]))).Error!.Validations![0].Field);
    }

    [Fact]
    public async Task A_change_keeps_what_was_not_sent_and_tells_no_path()
    {
        var changed = (await UpdateAsync(_hook.Id, new(null, false, "https://hooks.example.com/T0/other-path", null))).Value;
        Assert.Equal(("Chat", false, Trail.Now), (changed.Name, changed.Enabled, changed.UpdatedAt));
        AssertRecorded(AuditAction.Write, _hook.Id);
        Assert.DoesNotContain("-path", JsonSerializer.Serialize(_audit.Entries[0], WireJson.Options), StringComparison.Ordinal);
        Assert.Equal(AuditSecret.Changed, ((TargetAudit)_audit.Entries[0].After!).Url);
    }

    [Fact]
    public async Task A_change_of_nothing_and_of_what_is_not_there_write_nothing()
    {
        Assert.True((await UpdateAsync(_hook.Id, new("Chat", true, _hook.Url, null))).IsSuccess);
        Assert.Equal(ErrorKind.NotFound, (await UpdateAsync(Guid.CreateVersion7(), new("Chat", true, null, null))).Error!.Kind);
        await _targets.DidNotReceiveWithAnyArgs().UpdateAsync(null!, default);
        Assert.Empty(_audit.Entries);
        _targets.UpdateAsync(null!, default).ReturnsForAnyArgs(false);
        Assert.Equal(ErrorKind.Conflict, (await UpdateAsync(_hook.Id, new("Taken", null, null, null))).Error!.Kind);
    }

    [Fact]
    public async Task A_new_secret_replaces_the_old_one_and_is_told_as_a_secret()
    {
        var handler = new RenewTargetSecretHandler(_targets, _secrets, _clock, _audit);
        var renewed = (await handler.Handle(new(_hook.Id.ToString()), CancellationToken.None)).Value;
        await _targets.Received(1).SetSecretAsync(Arg.Is<TargetRow>(row => row.Id == _hook.Id), Arg.Is<string>(closed => _secrets.Open(closed) == renewed.Secret), Arg.Any<CancellationToken>());
        Assert.Equal(AuditSecret.Changed, ((TargetAudit)Assert.Single(_audit.Entries).After!).Secret);
        Assert.Equal(ErrorKind.NotFound, (await handler.Handle(new("nothing"), CancellationToken.None)).Error!.Kind);
    }

    [Fact]
    public async Task A_target_that_is_deleted_leaves_a_row()
    {
        var handler = new DeleteTargetHandler(_targets, _audit);
        Assert.True((await handler.Handle(new(_hook.Id.ToString()), CancellationToken.None)).IsSuccess);
        await _targets.Received(1).DeleteAsync(_hook.Id, Arg.Any<CancellationToken>());
        AssertRecorded(AuditAction.Delete, _hook.Id);
        Assert.Equal(ErrorKind.NotFound, (await handler.Handle(new(Guid.CreateVersion7().ToString()), CancellationToken.None)).Error!.Kind);
    }

    [Fact]
    public async Task A_test_message_goes_to_its_target_alone()
    {
        var outgoing = Substitute.For<IOutgoing>();
        var row = Deliveries.RetryDeliveryTests.Row("waiting");
        outgoing.StoreAsync(Arg.Is<Announcement>(news => news.Rule == "test" && news.Subject == "Test message for Chat"), _hook.Id, Arg.Any<CancellationToken>()).Returns([row.Id]);
        var handler = new TestTargetHandler(_targets, outgoing, new InMemoryReadStore<DeliveryRow>(DeliveryMap.Table, [row]), _audit);
        Assert.Equal(row.Id, (await handler.Handle(new(_hook.Id.ToString()), CancellationToken.None)).Value.Id);
        Assert.Equal(("notification_delivery", row.Id), (_audit.Entries[0].ResourceType, _audit.Entries[0].ResourceId));
        Assert.Equal(ErrorKind.NotFound, (await handler.Handle(new(Guid.CreateVersion7().ToString()), CancellationToken.None)).Error!.Kind);
    }

    private Task<Result<Target>> CreateAsync(CreateTargetRequest request) =>
        new CreateTargetHandler(_targets, _secrets, _clock, _audit).Handle(new(Body<CreateTargetRequest>.Of(request)), CancellationToken.None);

    private Task<Result<Target>> UpdateAsync(Guid id, UpdateTargetRequest request) =>
        new UpdateTargetHandler(_targets, _clock, _audit).Handle(new(id.ToString(), Body<UpdateTargetRequest>.Of(request)), CancellationToken.None);

    private void AssertRecorded(AuditAction action, Guid id)
    {
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal((action, "notification_target", id), (entry.Action, entry.ResourceType, entry.ResourceId));
    }
}
