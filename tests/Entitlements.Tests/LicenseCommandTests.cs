using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Monolith.Entitlements.Contracts;
using Monolith.Entitlements.Features;
using Monolith.Entitlements.Licenses;
using Monolith.Kernel.Auditing;
using Monolith.Kernel.Messaging;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.Entitlements.Tests;

/// <summary>Licenses specification 2.1 to 2.5 and 1.11: what is taken in and why not, what leaves, and how often people may have them read again.</summary>
public sealed class LicenseCommandTests : IDisposable
{
    private static readonly Guid Deployment = new("00000000-0000-0000-0000-0000000000de");
    private static readonly Guid Uuid = new("00000000-0000-0000-0000-00000000000d");
    private readonly FakeTimeProvider _clock = new(Samples.Now);
    private readonly ILicenseStore _store = Substitute.For<ILicenseStore>();
    private readonly IDispatcher _events = Substitute.For<IDispatcher>();
    private readonly IEntitlementRefresh _refresh = Substitute.For<IEntitlementRefresh>();
    private readonly EntitlementSnapshot _snapshot;
    private readonly AuditTrail _audit;

    public LicenseCommandTests()
    {
        _audit = Samples.Audit();
        _snapshot = new EntitlementSnapshot(Substitute.For<ILicenseReader>(), Samples.Community(), _clock);
        _store.DeploymentAsync(default).ReturnsForAnyArgs(Deployment);
        _store.InsertAsync(default, "", null, default, default).ReturnsForAnyArgs(7);
        _store.DeleteAsync(7, default).Returns(Uuid);
    }

    public void Dispose() => _snapshot.Dispose();

    [Fact]
    public async Task Refusals_come_in_their_order_store_nothing_and_tell_the_kind_only()
    {
        var elsewhere = new[] { Guid.CreateVersion7() };
        await RefusedAsync("signature", "The license is not valid.", "no license");
        await RefusedAsync("term", "The license is not valid.", Samples.Token(Samples.Terms(expiresInDays: -40, graceDays: 1) with { DeploymentIds = elsewhere }));
        await RefusedAsync("claims", "The license is not valid.", Samples.Token(Samples.Terms(expiresInDays: 6 * 365) with { DeploymentIds = elsewhere }));
        await RefusedAsync("deployment", "The license is not valid for this deployment.", Samples.Token(Samples.Terms() with { DeploymentIds = elsewhere }));
        await _store.DidNotReceiveWithAnyArgs().InsertAsync(default, "", null, default, default);
        _store.InsertAsync(default, "", null, default, default).ReturnsForAnyArgs((int?)null);
        await RefusedAsync("duplicate", "The license already exists.", Samples.Token(Samples.Terms() with { DeploymentIds = [Deployment] }));
    }

    [Fact]
    public async Task A_license_is_stored_as_it_came_and_everybody_hears_of_it()
    {
        var token = Samples.Token(Samples.Terms("premium"));
        var license = (await UploadAsync($" \"{token[..20]}\n{token[20..]}\" ")).Value;

        Assert.Equal((7, Samples.Now), (license.Id, license.UploadedAt));
        Assert.Equal("premium", license.Claims.GetProperty("feature_set").GetString());
        await _store.Received(1).InsertAsync(Samples.Now, token, Samples.Now.AddDays(395), license.Uuid, Arg.Any<CancellationToken>());
        await _store.DidNotReceiveWithAnyArgs().DeploymentAsync(default);
        await _events.Received(1).PublishAsync(new LicensesChanged(), Arg.Any<CancellationToken>());
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal(new AuditEntry(AuditAction.Create, "license", license.Uuid, SuccessStatus: 201), entry with { After = null });
        Assert.Equal($"{{\"id\":7,\"uuid\":\"{license.Uuid}\",\"Expires\":\"2027-05-20T09:00:00+00:00\"}}", JsonSerializer.Serialize(entry.After));
    }

    [Fact]
    public async Task The_license_of_the_file_is_taken_in_unless_there_is_one()
    {
        _store.LockAndLookAsync(default).ReturnsForAnyArgs(true);
        Assert.False((await ImportAsync("no license")).Value);
        Assert.Empty(_audit.Entries);
        _store.LockAndLookAsync(default).ReturnsForAnyArgs(false);
        Assert.Equal("The license is not valid.", (await ImportAsync("no license")).Error!.Message);
        Assert.True((await ImportAsync(Samples.Token(Samples.Terms()))).Value);
        await _events.Received(1).PublishAsync(new LicensesChanged(), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_deleted_license_is_noted_and_everybody_hears_of_it()
    {
        Assert.True((await DeleteAsync("7")).IsSuccess);
        await _events.Received(1).PublishAsync(new LicensesChanged(), Arg.Any<CancellationToken>());
        var entry = Assert.Single(_audit.Entries);
        Assert.Equal(new AuditEntry(AuditAction.Delete, "license", Uuid), entry with { Before = null });
        Assert.Equal($"{{\"id\":7,\"uuid\":\"{Uuid}\"}}", JsonSerializer.Serialize(entry.Before));
    }

    [Theory]
    [InlineData("8", null)]
    [InlineData("-8", null)]
    [InlineData("2147483648", "The license id must be an integer of 32 bits.")]
    [InlineData("seven", "The license id must be an integer of 32 bits.")]
    public async Task A_license_that_does_not_exist_leaves_a_trace_and_changes_nothing(string id, string? detail)
    {
        Assert.Equal(Error.NotFound with { Detail = detail }, (await DeleteAsync(id)).Error);
        Assert.Equal(new AuditEntry(AuditAction.Delete, "license", null), Assert.Single(_audit.Entries));
        Assert.Equal(detail is null ? 1 : 0, _store.ReceivedCalls().Count());
        Assert.Empty(_events.ReceivedCalls());
    }

    [Fact]
    public async Task Licenses_are_read_again_at_most_once_a_minute()
    {
        Assert.True((await RefreshAsync()).IsSuccess);
        await _snapshot.RefreshAsync(CancellationToken.None);
        _clock.Advance(TimeSpan.FromSeconds(59.5));
        var refusal = (await RefreshAsync()).Error!;
        Assert.Equal((400, "Entitlements were refreshed a moment ago. Try again in 1 seconds.", TimeSpan.FromSeconds(0.5)), (refusal.Status, refusal.Message, refusal.RetryAfter));
        await _refresh.Received(1).AnnounceAsync(Arg.Any<CancellationToken>());
        _clock.Advance(TimeSpan.FromSeconds(0.5));
        Assert.True((await RefreshAsync()).IsSuccess);
        await _refresh.Received(2).AnnounceAsync(Arg.Any<CancellationToken>());
    }

    private async Task RefusedAsync(string kind, string message, string token)
    {
        var error = (await UploadAsync(token)).Error!;
        Assert.Equal((400, message), (error.Status, error.Message));
        Assert.Equal(new AuditEntry(AuditAction.Create, "license", null, $"refused: {kind}"), _audit.Entries[^1]);
        Assert.Empty(_events.ReceivedCalls());
    }

    private LicenseRegistration Intake => new(_store, Samples.Ring, _events, _audit, _clock);

    private Task<Result<License>> UploadAsync(string text) => new UploadLicenseHandler(Intake)
        .Handle(new UploadLicenseCommand(Body<UploadLicenseBody>.Of(new UploadLicenseBody(text))), CancellationToken.None);

    private Task<Result<bool>> ImportAsync(string token) => new ImportLicenseHandler(_store, Intake).Handle(new ImportLicenseCommand(token), CancellationToken.None);

    private Task<Result<Unit>> DeleteAsync(string id) => new DeleteLicenseHandler(_store, _events, _audit).Handle(new DeleteLicenseCommand(id), CancellationToken.None);

    private Task<Result<MessageBody>> RefreshAsync() => new RefreshEntitlementsHandler(_snapshot, _refresh).Handle(new RefreshEntitlementsCommand(), CancellationToken.None);
}
