using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.Members.Privacy;

namespace Monolith.Members.Tests.Users;

/// <summary>What the command refuses and tells. What it replaces, <c>ErasureTests</c> looks at in a database.</summary>
public sealed class EraseUserTests
{
    private readonly Desk _desk = new();
    private readonly IEraser _eraser = Substitute.For<IEraser>();

    [Fact]
    public async Task Somebody_who_is_not_deleted_is_not_erased()
    {
        var result = await RunAsync();
        Assert.Equal(ErrorKind.Conflict, result.Error!.Kind);
        await _eraser.DidNotReceiveWithAnyArgs().EraseAsync(default, default, default);
    }

    [Fact]
    public async Task Somebody_who_is_deleted_is_erased_for_the_caller_and_the_log_does_not_name_them()
    {
        _desk.Target.Value = new UserInfo(Desk.Ben, "ben", "password", false, false, Deleted: true);
        Assert.True((await RunAsync()).IsSuccess);
        await _eraser.Received(1).EraseAsync(Desk.Ben, Desk.Ann, Arg.Any<CancellationToken>());
        var entry = Assert.Single(_desk.Audit.Entries);
        Assert.Equal((AuditAction.Delete, "personal_data", Desk.Ben, "erased-0000000000000000"), (entry.Action, entry.ResourceType, entry.ResourceId, entry.Target));
    }

    private Task<Result<Monolith.Web.Http.MessageBody>> RunAsync() =>
        new EraseUserHandler(_desk.Target, _desk.Caller, _eraser, _desk.Audit).Handle(new EraseUserCommand("ben"), CancellationToken.None);
}
