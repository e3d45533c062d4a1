using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Users;
using Monolith.Web.Http;

namespace Monolith.Members.Tests.Users;

/// <summary>Members specification 3.6 (cases 83 to 88).</summary>
public sealed class UpdateProfileTests
{
    private const string Trace = "Write user Ben ben: nothing -> {username:benjamin,name:Ben}, 200";
    private readonly Desk _desk = new();

    [Fact]
    public async Task Without_the_right_to_the_profile_nothing_is_written_and_the_attempt_is_noted()
    {
        _desk.Rights.AllowOnBen(PermissionAction.Update);
        Assert.Equal(Desk.Said(Error.UserNotFound), Desk.Said(await SendAsync("Ben")));
        Assert.Empty(_desk.Users.ReceivedCalls());
        Assert.Equal(Trace, _desk.Audited);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Whether_the_username_may_change_is_a_further_right(bool mayRename)
    {
        _desk.Rights.AllowOnBen(PermissionAction.UpdatePersonal);
        if (mayRename)
            _desk.Rights.AllowOnBen(PermissionAction.Update);
        _desk.Users.UpdateProfileAsync(default, null!, default, default).ReturnsForAnyArgs(new Profile("ben", "B"));

        Assert.Equal(Desk.Ben, (await SendAsync(null)).Value.Id);
        Assert.Equal($"UpdateProfile(Ben, {{username:benjamin,name:}}, {(mayRename ? "true" : "false")})", Desk.Calls(_desk.Users));
        Assert.StartsWith("Write user Ben ben: {username:ben,name:B} -> {username:benjamin", _desk.Audited, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_username_that_is_taken_is_told_and_noted()
    {
        _desk.Rights.AllowOnBen(PermissionAction.UpdatePersonal);
        _desk.Users.UpdateProfileAsync(default, null!, default, default).ReturnsForAnyArgs(Error.Conflict("Taken.", "username"));
        Assert.Equal("409 Taken. [username]", Desk.Said(await SendAsync("Ben")));
        Assert.Equal(Trace, _desk.Audited);
    }

    private Task<Result<User>> SendAsync(string? name) => new UpdateProfileHandler(_desk.Target, _desk.Users, _desk.Caller, _desk.Answers, _desk.Audit)
        .Handle(new UpdateProfileCommand("ben", Body<UpdateProfileRequest>.Of(new UpdateProfileRequest("benjamin", name))), CancellationToken.None);
}
