using Monolith.Kernel.Results;
using Monolith.Members.Contracts;
using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>The set-up (members specification 3.11, cases 48 to 52) and the operator's verb <c>owner</c> (contract 7.1).</summary>
public sealed class OwnerTests
{
    private const string Strong = "New-Horse-9-Battery";
    private readonly Desk _desk = new();
    private readonly ISetUp _setUp = Substitute.For<ISetUp>();
    private readonly INamedAccounts _accounts = Substitute.For<INamedAccounts>();

    public OwnerTests() => _setUp.EnsureAsync(default).ReturnsForAnyArgs(Desk.Acme);

    [Fact]
    public async Task A_deployment_is_set_up_once_whatever_the_password()
    {
        _setUp.WasDoneAsync(default).ReturnsForAnyArgs(true);
        Assert.Equal("409 The initial user has already been created.", Desk.Said(await SetUpAsync("weak")));
        _setUp.WasDoneAsync(default).ReturnsForAnyArgs(false);
        Assert.Equal("400 Validation failed. [password]", Desk.Said(await SetUpAsync("weak")));
        Assert.Equal("WasDone()\nWasDone()", Desk.Calls(_setUp));
        Assert.Empty(_desk.Users.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task The_first_user_is_an_active_owner_in_the_default_organization_and_acts_for_itself()
    {
        var made = (await SetUpAsync(Strong)).Value;
        Assert.Equal(Desk.Acme, made.OrganizationId);
        AssertOwner(made.UserId);
        Assert.Equal(
            $"Create user {made.UserId} cleo: nothing -> {{username:cleo,email:c@acme.test,roles:[owner]}}, 201 by {made.UserId}", _desk.Audited);
    }

    [Fact]
    public async Task The_operator_makes_an_owner_under_the_lock_of_the_owners_and_says_so()
    {
        var made = (await CreateAsync()).Value;
        Assert.Equal(new OwnerAccount(made.Id, "cleo", "c@acme.test", "active", true), made);
        Assert.Equal("LockOwners()\nEnsure()", Desk.Calls(_setUp));
        AssertOwner(made.Id);
        Assert.Equal(
            $"Create user {made.Id} cleo: nothing -> {{username:cleo,email:c@acme.test,roles:[owner],by:monolith owner create}}, 201", _desk.Audited);
    }

    [Fact]
    public async Task A_name_that_is_taken_makes_no_owner()
    {
        _desk.Users.InsertAsync(null!, default).ReturnsForAnyArgs(Error.Conflict("Taken.", "username"));
        Assert.Equal("409 Taken. [username]", Desk.Said(await SetUpAsync(Strong)));
        Assert.Equal("409 Taken. [username]", Desk.Said(await CreateAsync()));
        Assert.Empty(_desk.Memberships.ReceivedCalls());
        Assert.Empty(_desk.Audited);
    }

    [Fact]
    public async Task The_operator_resets_no_password_of_nobody_nor_of_an_account_without_one()
    {
        Assert.Equal("404 There is no such user.", Desk.Said(await ResetAsync()));
        Assert.Empty(_desk.Audited);
        _accounts.LockAsync("c@acme.test", default).ReturnsForAnyArgs(new NamedAccount(Desk.Ben, "ben", "", "active", "none", false));
        Assert.Equal("400 This account does not sign in with a password.", Desk.Said(await ResetAsync()));
        Assert.Empty(_desk.Users.ReceivedCalls());
        Assert.Equal("Write user Ben ben: nothing -> {hashed_password:{secret:true},by:monolith owner reset-password}, 204", _desk.Audited);
    }

    [Fact]
    public async Task The_operator_resets_a_password_and_leaves_status_and_roles()
    {
        _accounts.LockAsync("c@acme.test", default).ReturnsForAnyArgs(new NamedAccount(Desk.Ben, "ben", "b@acme.test", "suspended", "password", true));
        Assert.Equal(new OwnerAccount(Desk.Ben, "ben", "b@acme.test", "suspended", true), (await ResetAsync()).Value);
        Assert.Equal("Lock(c@acme.test)", Desk.Calls(_accounts));
        Assert.Equal($"SetPassword(Ben, hash of {Strong})", Desk.Calls(_desk.Users));
        Assert.Equal("Write user Ben ben: nothing -> {hashed_password:{secret:true},by:monolith owner reset-password}, 204", _desk.Audited);
    }

    private void AssertOwner(Guid id)
    {
        var made = Assert.IsType<NewUser>(Assert.Single(_desk.Users.ReceivedCalls()).GetArguments()[0]);
        Assert.Equal(new NewUser(id, "cleo", "c@acme.test", "", $"hash of {Strong}", "active", "password", made.SiteRoles, false), made);
        Assert.Equal(["owner"], made.SiteRoles);
        Assert.Equal($"Insert(Acme, {id})", Desk.Calls(_desk.Memberships));
    }

    private OwnerMaker Maker => new(_setUp, _desk.Users, _desk.Memberships, _desk.Passwords);

    private Task<Result<CreateFirstUserResponse>> SetUpAsync(string password) => new CreateFirstUserHandler(_setUp, Maker, _desk.Audit)
        .Handle(new CreateFirstUserCommand(Body<CreateFirstUserRequest>.Of(new CreateFirstUserRequest("c@acme.test", "cleo", null, password))), CancellationToken.None);

    private Task<Result<OwnerAccount>> CreateAsync() => new CreateOwnerHandler(_setUp, Maker, _desk.Audit)
        .Handle(new CreateOwnerCommand(new NewOwner("c@acme.test", "cleo", "", Strong)), CancellationToken.None);

    private Task<Result<OwnerAccount>> ResetAsync() => new ResetPasswordHandler(_accounts, _desk.Users, _desk.Passwords, _desk.Audit)
        .Handle(new ResetPasswordCommand("c@acme.test", Strong), CancellationToken.None);
}
