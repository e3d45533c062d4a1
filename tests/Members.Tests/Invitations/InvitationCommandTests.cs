using Microsoft.Extensions.Configuration;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Members.Directory;
using Monolith.Members.Invitations;
using Monolith.Members.Sessions;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Invitations;

/// <summary>Sending and using an invitation, without a database and without a mailbox.</summary>
public sealed class InvitationCommandTests
{
    private const string Chosen = "New-Horse-9-Battery";
    private const string Trace = "Create invitation Ben ben: nothing -> {expires_at:2026-04-27T09:00:00Z}, 201";
    private readonly Desk _desk = new();
    private readonly IInvitationStore _invitations = Substitute.For<IInvitationStore>();
    private readonly IAccountMail _mail = Substitute.For<IAccountMail>();

    public InvitationCommandTests()
    {
        _mail.IsAvailable.Returns(true);
        _invitations.KeepAsync(default, default, default, default, default).ReturnsForAnyArgs("ben@example.com");
    }

    [Fact]
    public async Task Refusals_come_in_their_order_leave_a_trace_and_send_nothing()
    {
        _mail.IsAvailable.Returns(false);
        _desk.Is(account => account with { Stored = new AccountRow { SiteRoles = ["owner"], Status = "suspended" }, User = account.User with { LoginType = "none" }, IsSelf = false });
        await RefusedAsync(Desk.Said(Error.UserNotFound));
        _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.UpdatePersonal);
        await RefusedAsync("400 Only an owner may do this to an owner.");
        _desk.Is(account => account with { ByOwner = true });
        await RefusedAsync("400 Invitations need a mail server.");
        _mail.IsAvailable.Returns(true);
        await RefusedAsync("400 Only users with the login type password can be invited.");
        _desk.Is(account => account with { User = account.User with { LoginType = "password" } });
        await RefusedAsync("400 A suspended user cannot be invited.");
        _desk.Is(account => account with { IsSelf = true });
        await RefusedAsync("400 You change your own password with the old one.");
    }

    [Fact]
    public async Task The_mail_has_the_link_and_the_store_only_its_hash()
    {
        _desk.Rights.AllowOnBen(PermissionAction.Read, PermissionAction.UpdatePersonal);
        Assert.Equal(Desk.Now.AddDays(7), (await InviteAsync()).Value.ExpiresAt);
        var token = (ApiKeyToken)_invitations.ReceivedCalls().Single().GetArguments()[1]!;
        await _mail.Received(1).StoreAsync(
            "ben@example.com", "Choose a password for your account", Arg.Is<string>(text => text.Contains($"https://monolith.example.com/invitation?token={token}")), Arg.Any<CancellationToken>());
        Assert.Equal(Trace, _desk.Audited);
    }

    [Fact]
    public async Task A_token_that_is_good_sets_the_password_and_is_good_no_more()
    {
        var token = Given(Desk.Now.AddSeconds(1));
        Assert.Equal("ok", Desk.Said(await AcceptAsync(token.ToString())));
        Assert.Equal($"SetPassword(Ben, hash of {Chosen})", Desk.Calls(_desk.Users));
        await _invitations.Received(1).RemoveAsync(Desk.Ben, Arg.Any<CancellationToken>());
        Assert.Equal("Write user Ben ben: nothing -> {hashed_password:{secret:true},by:invitation}, 204 by Ben", _desk.Audited);
    }

    [Theory]
    [InlineData(0, "active", "password")]
    [InlineData(60, "suspended", "password")]
    [InlineData(60, "active", "none")]
    public async Task A_token_whose_time_or_account_is_over_sets_nothing_and_leaves_a_trace(int seconds, string status, string loginType)
    {
        var token = Given(Desk.Now.AddSeconds(seconds), status, loginType);
        Assert.Equal("400 The invitation is not valid any more.", Desk.Said(await AcceptAsync(token.ToString())));
        Assert.Empty(_desk.Users.ReceivedCalls());
        Assert.Single(_desk.Audit.Entries);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("0123456789-0123456789012345678901")]
    public async Task What_is_no_token_of_ours_is_refused_alike(string? token)
    {
        var good = Given(Desk.Now.AddDays(1));
        Assert.Equal("400 The invitation is not valid any more.", Desk.Said(await AcceptAsync(token)));
        Assert.Equal("400 The invitation is not valid any more.", Desk.Said(await AcceptAsync($"{good.Id}-0123456789012345678901")));
        Assert.Empty(_desk.Users.ReceivedCalls());
    }

    [Fact]
    public void A_password_is_strong() =>
        Assert.Equal("password", Assert.Single(new AcceptInvitationValidator().Validate(new AcceptInvitationCommand(Body<AcceptInvitationRequest>.Of(new("token", "weak")))).Errors).PropertyName);

    private ApiKeyToken Given(DateTimeOffset expiresAt, string status = "active", string loginType = "password")
    {
        var token = ApiKeyToken.Generate();
        _invitations.LockAsync(token.Id, Arg.Any<CancellationToken>()).Returns(new InvitationRow
        {
            UserId = Desk.Ben, Username = "ben", SecretHash = token.SecretHash, ExpiresAt = expiresAt, Status = status, LoginType = loginType,
        });
        return token;
    }

    private async Task RefusedAsync(string said)
    {
        Assert.Equal(said, Desk.Said(await InviteAsync()));
        Assert.Equal(Trace, _desk.Audited.Split('\n')[^1]);
        Assert.Empty(_invitations.ReceivedCalls());
        await _mail.DidNotReceiveWithAnyArgs().StoreAsync(null!, null!, null!, default);
    }

    private Task<Result<Invitation>> InviteAsync() =>
        new InviteUserHandler(_desk.Guard, _invitations, new InvitationLetter(_mail, _desk.Passwords, new InvitationSettings(new ConfigurationBuilder().Build())), _desk.Clock, _desk.Audit)
            .Handle(new InviteUserCommand("ben", "https://monolith.example.com"), CancellationToken.None);

    private Task<Result<Unit>> AcceptAsync(string? token) => new AcceptInvitationHandler(_invitations, _desk.Users, _desk.Passwords, _desk.Clock, _desk.Audit)
        .Handle(new AcceptInvitationCommand(Body<AcceptInvitationRequest>.Of(new(token, Chosen))), CancellationToken.None);
}
