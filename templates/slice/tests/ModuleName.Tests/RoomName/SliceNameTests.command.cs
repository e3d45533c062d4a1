using Monolith.Kernel.Auditing;
using Monolith.Kernel.Authorization;
using Monolith.Kernel.Results;
using Monolith.ModuleName.RoomName;
using Monolith.Web.Http;

namespace Monolith.ModuleName.Tests.RoomName;

/// <summary>The command without a database.</summary>
public sealed class SliceNameTests
{
    private static readonly Guid Id = Guid.CreateVersion7();

    private readonly ISliceNameWriter _rows = Substitute.For<ISliceNameWriter>();
    private readonly AuditTrail _audit = new(Substitute.For<ICaller>(), TimeProvider.System, new RefusalCounts(TimeProvider.System), Substitute.For<IAuditWriter>());

    [Fact]
    public async Task What_is_changed_is_recorded()
    {
        _rows.UpdateAsync(Id, "New", Arg.Any<CancellationToken>()).Returns(true);
        Assert.True((await ChangeAsync("New")).IsSuccess);
        Assert.Equal([new AuditEntry(AuditAction.Write, "schema_name", Id, "New", SuccessStatus: 204)], _audit.Entries);
    }

    [Fact]
    public async Task What_is_not_there_is_not_found_and_not_recorded()
    {
        Assert.Same(Error.NotFound, (await ChangeAsync("New")).Error);
        Assert.Empty(_audit.Entries);
    }

    [Theory]
    [InlineData("New", true)]
    [InlineData("", false)]
    [InlineData("two\nlines", false)]
    public void A_title_is_one_line(string title, bool isValid) => Assert.Equal(isValid, new SliceNameValidator().Validate(Command(title)).IsValid);

    private Task<Result<Unit>> ChangeAsync(string title) => new SliceNameHandler(_rows, _audit).Handle(Command(title), CancellationToken.None);

    private static SliceNameCommand Command(string title) => new(Id, Body<SliceNameRequest>.Of(new SliceNameRequest(title)));
}
