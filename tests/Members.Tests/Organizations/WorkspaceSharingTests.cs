using Monolith.Members.Organizations;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Organizations;

/// <summary>Clients specification 6.1 and contract 7.5.</summary>
public sealed class WorkspaceSharingTests
{
    private readonly Desk _desk = new();
    private readonly IWorkspaceSharingStore _store = Substitute.For<IWorkspaceSharingStore>();

    public WorkspaceSharingTests() => _store.ReplaceAsync(default, null, default).ReturnsForAnyArgs("service_accounts");

    [Theory]
    [InlineData(null, null, null, "service_accounts")]
    [InlineData(true, null, "none", "none")]
    [InlineData(false, "", "everyone", "everyone")]
    [InlineData(true, "everyone", "everyone", "everyone")]
    public async Task The_newer_member_beats_the_older_one_and_neither_changes_nothing(bool? disabled, string? owners, string? written, string told)
    {
        Assert.Equal($"ok {told}", await SayAsync(new(disabled, owners), isOff: false));
        await _store.Received(1).ReplaceAsync(Desk.Acme, written, Arg.Any<CancellationToken>());
        Assert.StartsWith(
            "Write organization Acme acme in Acme: {sharing_globally_disabled:false,sharing_disabled:false,shareable_workspace_owners:service_accounts} -> ", _desk.Audited, StringComparison.Ordinal);
        Assert.Contains($"shareable_workspace_owners:{told}}}, 200", _desk.Audited, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_switch_of_the_deployment_writes_nothing_and_leaves_a_trace()
    {
        Assert.Equal("409 Workspace sharing is disabled for the whole deployment. ", await SayAsync(new(true, null), isOff: true));
        await _store.Received(1).ReplaceAsync(Desk.Acme, null, Arg.Any<CancellationToken>());
        Assert.NotEmpty(_desk.Audited);
    }

    private async Task<string> SayAsync(UpdateWorkspaceSharingRequest body, bool isOff)
    {
        var answer = await new UpdateWorkspaceSharingHandler(_desk.Organization, _store, new WorkspaceSharingSwitch(isOff), _desk.Audit)
            .Handle(new UpdateWorkspaceSharingCommand("acme", Body<UpdateWorkspaceSharingRequest>.Of(body)), CancellationToken.None);
        return $"{Desk.Said(answer)} {answer.Match(settings => settings.ShareableWorkspaceOwners, _ => "")}";
    }
}
