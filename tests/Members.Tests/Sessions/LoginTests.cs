using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Members.Sessions;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Sessions;

/// <summary>Members specification 3.11 (cases 53 to 58), and waking (3.7, case 102).</summary>
public sealed class LoginTests
{
    private const string Password = "Old-Horse-9-Battery";
    private const string Incorrect = "401 Incorrect email or password.";
    private const string Trace = "Login api_key Ben ben: nothing -> nothing, 201 by Ben";
    private readonly Desk _desk = new();
    private readonly ICredentialStore _credentials = Substitute.For<ICredentialStore>();
    private readonly IWakeStore _wake = Substitute.For<IWakeStore>();
    private readonly IApiKeyStore _keys = Substitute.For<IApiKeyStore>();

    public LoginTests()
    {
        Account();
        _wake.WakeAsync(default, null, default).ReturnsForAnyArgs(new Woken("ben", false));
        _keys.CreateAsync(null!, default).ReturnsForAnyArgs("id-secret");
    }

    [Fact]
    public async Task A_try_is_counted_before_anybody_is_looked_for_by_the_folded_address()
    {
        _desk.Tries.Count("email ben@acme.test").Returns(new Error(ErrorKind.TooManyRequests, "Later."));
        Assert.Equal("429 Later.", Desk.Said(await LoginAsync(Password)));
        Assert.Empty(_credentials.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task Nobody_and_a_wrong_password_are_refused_alike()
    {
        Assert.Equal(Incorrect, Desk.Said(await LoginAsync("wrong")));
        Assert.Equal(Trace, _desk.Audited);
        _credentials.FindAsync("", default).ReturnsForAnyArgs((Credentials?)null);
        Assert.Equal(Incorrect, Desk.Said(await LoginAsync(Password)));
        Assert.Equal("Login api_key  : nothing -> nothing, 201", _desk.Audited.Split('\n')[^1]);
        Assert.Empty(_wake.ReceivedCalls());
    }

    [Fact]
    public async Task Refusals_come_in_their_order_after_the_password_and_leave_a_trace()
    {
        _desk.Settings.DisablePasswordAuth = true;
        Account("suspended", "none");
        Assert.Equal(Incorrect, Desk.Said(await LoginAsync("wrong")));
        Assert.Equal("403 Password authentication is disabled.", Desk.Said(await LoginAsync(Password)));
        Account("suspended", "none", "owner");
        Assert.Equal("403 This account does not sign in with a password.", Desk.Said(await LoginAsync(Password)));
        Account("suspended", "password", "owner");
        Assert.Equal("401 Your account is suspended. Contact an admin to reactivate it.", Desk.Said(await LoginAsync(Password)));
        Assert.Equal([Trace, Trace, Trace, Trace], _desk.Audited.Split('\n'));
        Assert.Empty(_wake.ReceivedCalls());
        Assert.Empty(_keys.ReceivedCalls());
    }

    [Fact]
    public async Task A_password_that_somebody_changes_at_this_moment_opens_nothing()
    {
        _wake.WakeAsync(default, null, default).ReturnsForAnyArgs((Woken?)null);
        Assert.Equal(Incorrect, Desk.Said(await LoginAsync(Password)));
        Assert.Empty(_keys.ReceivedCalls());
        _wake.WakeAsync(default, null, default).ReturnsForAnyArgs(new Woken("ben", false));
        _keys.CreateAsync(null!, default).ReturnsForAnyArgs(Error.UserNotFound);
        Assert.Equal(Incorrect, Desk.Said(await LoginAsync(Password)));
    }

    [Theory]
    [InlineData("active")]
    [InlineData("dormant")]
    public async Task The_session_lives_as_long_as_the_deployment_says(string status)
    {
        Account(status);
        _desk.Settings.Lifetime = TimeSpan.FromHours(5);
        Assert.Equal("id-secret", (await LoginAsync(Password)).Value.SessionToken);
        Assert.Equal("Find(Ben@Acme.test)", Desk.Calls(_credentials));
        Assert.Equal($"Wake(Ben, hash of {Password})", Desk.Calls(_wake));
        Assert.Equal("Create({user_id:Ben,login_type:password,lifetime:05:00:00,token_name:,scopes:[coder:all],allow_list:[*:*]})", Desk.Calls(_keys));
        Assert.Equal(Trace, _desk.Audited);
        Assert.Empty(_desk.Events.ReceivedCalls());
    }

    [Fact]
    public async Task A_dormant_user_wakes_and_everybody_hears_of_it()
    {
        _wake.WakeAsync(default, null, default).ReturnsForAnyArgs(new Woken("ben", true));
        Assert.True((await WakeAsync()).IsSuccess);
        Assert.Equal("Wake(Ben, nothing)", Desk.Calls(_wake));
        Assert.Equal("Write user Ben ben: {status:dormant} -> {status:active}, 200 by Ben", _desk.Audited);
        await _desk.Events.Received(1).PublishAsync(new UserActivated(Desk.Ben), Arg.Any<CancellationToken>());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Who_was_awake_or_is_gone_is_passed_over_in_silence(bool known)
    {
        _wake.WakeAsync(default, null, default).ReturnsForAnyArgs(known ? new Woken("ben", false) : null);
        Assert.True((await WakeAsync()).IsSuccess);
        Assert.Empty(_desk.Audited);
        Assert.Empty(_desk.Events.ReceivedCalls());
    }

    private void Account(string status = "active", string loginType = "password", params string[] roles) => _credentials.FindAsync("", default).ReturnsForAnyArgs(new Credentials
    {
        Id = Desk.Ben, Username = "ben", PasswordHash = "hash of " + Password, LoginType = loginType, Status = status, SiteRoles = roles,
    });

    private DormantUserActivation Waker => new(_wake, _desk.Events, _desk.Audit);

    private Task<Result<LoginResponse>> LoginAsync(string password) =>
        new LoginHandler(new CredentialVerifier(_credentials, _desk.Passwords), _desk.Tries, new SessionOpener(Waker, _keys, _desk.Settings), _desk.Audit)
            .Handle(new LoginCommand(Body<LoginRequest>.Of(new LoginRequest("Ben@Acme.test", password))), CancellationToken.None);

    private Task<Result<Unit>> WakeAsync() => new ActivateUserHandler(Waker).Handle(new ActivateUserCommand(Desk.Ben), CancellationToken.None);
}
