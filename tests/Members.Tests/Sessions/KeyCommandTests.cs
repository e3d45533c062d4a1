using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Dashboard.Account;
using Monolith.Members.Directory;
using Monolith.Members.Sessions;
using Monolith.Roles.Contracts;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Sessions;

/// <summary>Keys and tokens (members specification 3.14); those of an owner are changed by owners only (contract 7.1).</summary>
public sealed class KeyCommandTests
{
    private static readonly ApiKeyRow Stored = StoredUntil(Desk.Now);

    private readonly Desk _desk = new();
    private readonly IApiKeyStore _keys = Substitute.For<IApiKeyStore>();
    private readonly IApiKeyReader _stored = Substitute.For<IApiKeyReader>();
    private readonly IKeyScopes _scopes = Substitute.For<IKeyScopes>();

    private static ApiKeyRow StoredUntil(DateTimeOffset expires) => new()
    {
        Id = "0123456789", UserId = Desk.Ben, LastUsed = default, ExpiresAt = expires, CreatedAt = default, UpdatedAt = default,
        LoginType = "token", Scopes = ["coder:all"], TokenName = "deploy", LifetimeSeconds = 60, AllowList = ["*:*"], Username = "ben",
    };

    public KeyCommandTests()
    {
        _scopes.IsWithin(null!, null!, null!).ReturnsForAnyArgs(true);
        _scopes.Canonical("").ReturnsForAnyArgs(call => "coder:" + call.Arg<string>());
        _scopes.CanonicalList(null!).ReturnsForAnyArgs(call => [.. call.Arg<IEnumerable<string>>().Select(entry => entry.ToLowerInvariant()).Distinct()]);
        _keys.CreateAsync(null!, default).ReturnsForAnyArgs("id-secret");
        _keys.DeleteAsync("", default).ReturnsForAnyArgs(true);
        _stored.FindAsync(default, "", default).ReturnsForAnyArgs(Stored);
    }

    public static TheoryData<string> Commands => ["create", "session", "delete", "expire"];

    [Theory, MemberData(nameof(Commands))]
    public async Task Keys_of_others_need_the_right_to_them_and_those_of_owners_an_owner(string command)
    {
        _desk.Account = Error.UserNotFound;
        Assert.Equal(Desk.Said(Error.UserNotFound), await SayAsync(command));
        _desk.Account = new LockedAccount(_desk.Target.Value, new AccountRow { SiteRoles = ["owner"] }, _desk.Rights, false, false, true);
        Assert.Equal(Desk.Said(Error.UserNotFound), await SayAsync(command));
        Assert.Empty(_desk.Audited);
        MayChangeKeys();
        Assert.Equal("400 Only an owner may do this to an owner.", await SayAsync(command));
        Assert.Equal("Write api_key Ben ben: nothing -> nothing, 200", _desk.Audited);
        Assert.Empty(_keys.ReceivedCalls());
        _desk.Is(account => account with { ByOwner = true });
        Assert.Equal("ok", await SayAsync(command));
    }

    [Theory, MemberData(nameof(Commands))]
    public async Task Nobody_is_locked_for_a_key_of_ones_own(string command)
    {
        _desk.Caller.UserId.Returns(Desk.Ben);
        Assert.Equal("ok", await SayAsync(command));
        Assert.Empty(_desk.Guard.ReceivedCalls());
    }

    [Theory]
    [InlineData("create")]
    [InlineData("session")]
    public async Task A_key_makes_no_stronger_key(string command)
    {
        MayChangeKeys();
        _scopes.IsWithin(_desk.Rights, null!, null!).ReturnsForAnyArgs(false);
        Assert.Equal(Desk.Said(Error.Forbidden), await SayAsync(command));
        Assert.Empty(_keys.ReceivedCalls());
        Assert.StartsWith("Create api_key Ben ", _desk.Audited, StringComparison.Ordinal);
        _scopes.IsWithin(null!, null!, null!).ReturnsForAnyArgs(true);
        _keys.CreateAsync(null!, default).ReturnsForAnyArgs(Error.Conflict("Taken.", "token_name"));
        Assert.Equal("409 Taken. [token_name]", await SayAsync(command));
    }

    [Fact]
    public async Task A_session_key_lives_a_week_and_may_do_everything()
    {
        MayChangeKeys();
        Assert.Equal("id-secret", (await SessionAsync()).Value.Key);
        Assert.Equal("Create({user_id:Ben,login_type:password,lifetime:7.00:00:00,token_name:,scopes:[coder:all],allow_list:[*:*]})", Desk.Calls(_keys));
        Assert.Equal(
            "Create api_key Ben ben: nothing -> {login_type:password,token_name:,scopes:[coder:all],allow_list:[*:*],lifetime_seconds:604800}, 201", _desk.Audited);
    }

    [Fact]
    public async Task A_token_is_made_as_it_was_asked_for_with_canonical_names_once_each()
    {
        MayChangeKeys();
        await TokenAsync(new CreateTokenRequest(60_000_000_000, "application_connect", "deploy", ["a", "b", "a"], [new AllowListEntry("User:1"), new AllowListEntry("user:1")]));
        Assert.Equal("Create({user_id:Ben,login_type:token,lifetime:00:01:00,token_name:deploy,scopes:[coder:a,coder:b],allow_list:[user:1]})", Desk.Calls(_keys));
        Assert.Equal(
            "Create api_key Ben deploy: nothing -> {login_type:token,token_name:deploy,scopes:[coder:a,coder:b],allow_list:[user:1],lifetime_seconds:60}, 201", _desk.Audited);
    }

    [Theory]
    [InlineData(null, null, "coder:all")]
    [InlineData(0L, "", "coder:all")]
    [InlineData(null, "application_connect", "coder:application_connect")]
    public async Task What_a_token_leaves_out_is_made_up(long? lifetime, string? scope, string stored)
    {
        MayChangeKeys();
        await TokenAsync(new CreateTokenRequest(lifetime, scope, "", [], []));
        Assert.Matches($@"^Create\({{user_id:Ben,login_type:token,lifetime:7.00:00:00,token_name:token-[0-9a-f]{{8}},scopes:\[{stored}\],allow_list:\[\*:\*\]}}\)$", Desk.Calls(_keys));
    }

    [Fact]
    public async Task A_deployment_may_let_tokens_live_shorter_than_a_week()
    {
        MayChangeKeys();
        _desk.Settings.MaxTokenLifetime = TimeSpan.FromDays(2);
        await TokenAsync(new CreateTokenRequest(null, null, null, null, null));
        Assert.Contains("lifetime:2.00:00:00", Desk.Calls(_keys), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Owners_have_a_longest_lifetime_of_their_own()
    {
        MayChangeKeys();
        _desk.Settings.MaxOwnerTokenLifetime = TimeSpan.FromDays(2);
        var week = new CreateTokenRequest(Nanoseconds.Of(TimeSpan.FromDays(7)), null, null, null, null);
        Assert.Equal("ok", Desk.Said(await TokenAsync(week)));
        _stored.IsOwnerAsync(Desk.Ben, default).ReturnsForAnyArgs(true);
        Assert.Equal("400 Validation failed. [lifetime]", Desk.Said(await TokenAsync(week)));
        Assert.Equal("ok", Desk.Said(await TokenAsync(week with { Lifetime = 0 })));
        Assert.Contains("lifetime:2.00:00:00", Desk.Calls(_keys), StringComparison.Ordinal);
        var told = await new GetTokenConfigHandler(_desk.Target, new TokenLifetimes(_stored, _desk.Settings)).Handle(new GetTokenConfigQuery("ben"), CancellationToken.None);
        Assert.Equal(2 * 86_400_000_000_000, told.Value.MaxTokenLifetime);
    }

    [Theory]
    [InlineData("nope:read", "invalid or unsupported API key scope: \"nope:read\"")]
    [InlineData("a <text> of the client", "invalid or unsupported API key scope")]
    public async Task A_scope_that_nobody_may_ask_for_is_named_where_it_looks_like_one(string name, string detail)
    {
        MayChangeKeys();
        _scopes.Canonical("").ReturnsForAnyArgs(call => call.Arg<string>() == "all" ? "coder:all" : null);
        var refused = await TokenAsync(new CreateTokenRequest(null, "all", null, ["all", name], null));
        Assert.Equal("400 Validation failed. [scopes]", Desk.Said(refused));
        Assert.Equal(detail, refused.Error!.Detail);
        Assert.Empty(_keys.ReceivedCalls());
    }

    [Theory]
    [InlineData("delete", "Delete(0123456789)", @"Delete api_key Ben deploy: \{id:0123456789,user_id:Ben,.*\} -> nothing, 204")]
    [InlineData("expire", "Expire(0123456789)", @"Write api_key Ben deploy: \{id:0123456789,user_id:Ben,.*\} -> \{id:0123456789,user_id:Ben,.*expires_at:0001-.*\}, 204")]
    public async Task An_ended_key_is_noted_by_its_name(string command, string call, string noted)
    {
        MayChangeKeys();
        _stored.FindAsync(default, "", default).ReturnsForAnyArgs(Stored, StoredUntil(default));
        Assert.Equal("ok", await SayAsync(command));
        Assert.StartsWith("Find(Ben, 0123456789)", Desk.Calls(_stored), StringComparison.Ordinal);
        Assert.Equal(call, Desk.Calls(_keys));
        Assert.Matches($"^{noted}$", _desk.Audited);
    }

    [Theory]
    [InlineData("delete")]
    [InlineData("expire")]
    public async Task A_key_that_is_not_the_users_is_not_found(string command)
    {
        MayChangeKeys();
        _stored.FindAsync(default, "", default).ReturnsForAnyArgs((ApiKeyRow?)null);
        Assert.Equal(Desk.Said(Error.NotFound), await SayAsync(command));
        Assert.Empty(_keys.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task A_key_that_somebody_deletes_at_this_moment_is_not_found()
    {
        MayChangeKeys();
        _keys.DeleteAsync("", default).ReturnsForAnyArgs(false);
        Assert.Equal(Desk.Said(Error.NotFound), await SayAsync("delete"));
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task Signing_out_everywhere_ends_sessions_and_is_noted()
    {
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await EndAsync()));
        Assert.Empty(_keys.ReceivedCalls());
        MayChangeKeys();
        _keys.EndSessionsAsync(default, default).ReturnsForAnyArgs(3);
        Assert.True((await EndAsync()).IsSuccess);
        Assert.Equal("EndSessions(Ben)", Desk.Calls(_keys));
        Assert.Equal("Logout api_key Ben ben: {sessions:3} -> {sessions:0}, 200", _desk.Audited);
    }

    private Task<Result<Unit>> EndAsync() => new EndSessionsHandler(Owners, _keys, _desk.Audit).Handle(new EndSessionsCommand("ben"), CancellationToken.None);

    [Fact]
    public async Task Signing_out_ends_the_key_in_use_and_is_noted()
    {
        var answer = await new LogoutHandler(_keys, _desk.Caller, _desk.Audit).Handle(new LogoutCommand(), CancellationToken.None);
        Assert.Equal("You are signed out.", answer.Value.Message);
        Assert.Equal("SignOut(key-of-ann, Ann)", Desk.Calls(_keys));
        Assert.Equal("Logout api_key Ann : nothing -> nothing, 200", _desk.Audited);
    }

    private void MayChangeKeys()
    {
        foreach (var action in new[] { PermissionAction.Create, PermissionAction.Update, PermissionAction.Delete })
            _desk.Rights.Allow(action, ResourceObject.OwnedBy(ResourceType.ApiKey, Desk.Ben));
    }

    private async Task<string> SayAsync(string command) => command switch
    {
        "create" => Desk.Said(await TokenAsync(new CreateTokenRequest(null, null, "deploy", null, null))),
        "session" => Desk.Said(await SessionAsync()),
        "delete" => Desk.Said(await new DeleteKeyHandler(Owners, _stored, _keys, _desk.Audit).Handle(new DeleteKeyCommand("ben", Stored.Id), CancellationToken.None)),
        _ => Desk.Said(await new ExpireKeyHandler(Owners, _stored, _keys, _desk.Audit).Handle(new ExpireKeyCommand("ben", Stored.Id), CancellationToken.None)),
    };

    private ApiKeyOwners Owners => new(_desk.Target, _desk.Caller, _desk.Guard, _desk.Audit);

    private ApiKeyIssuer Maker => new(_keys, _scopes, _desk.Caller, _desk.Audit);

    private Task<Result<GeneratedKey>> SessionAsync() => new CreateSessionKeyHandler(Owners, Maker).Handle(new CreateSessionKeyCommand("ben"), CancellationToken.None);

    private Task<Result<GeneratedKey>> TokenAsync(CreateTokenRequest body) => new CreateTokenHandler(Owners, Maker, _scopes, new TokenLifetimes(_stored, _desk.Settings))
        .Handle(new CreateTokenCommand("ben", Body<CreateTokenRequest>.Of(body)), CancellationToken.None);
}
