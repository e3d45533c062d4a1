using Monolith.Members.Dashboard.Lists;

namespace Monolith.Members.Tests.Dashboard;

/// <summary>How those were whom a page changed: text that comes back as it was written, and nothing else.</summary>
public sealed class StatusUndoTests
{
    [Fact]
    public void Everybody_comes_back_with_the_status_of_before()
    {
        List<(Guid, string)> before = [(Guid.CreateVersion7(), "active"), (Guid.CreateVersion7(), "dormant"), (Guid.CreateVersion7(), "active"), (Guid.CreateVersion7(), "suspended")];
        Assert.Equal(before.Order(), StatusUndo.Read(StatusUndo.Write(before)).Order());
        Assert.Empty(StatusUndo.Read(StatusUndo.Write([])));
    }

    [Fact]
    public void One_user_fits_into_a_cookie() => Assert.InRange(StatusUndo.Write([(Guid.CreateVersion7(), "suspended")]).Length, 20, 60);

    [Theory]
    [InlineData(null)]
    [InlineData("owner:AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("active:AAAA")]
    [InlineData("active:AAAAAAAAAAAAAAAAAAAAAA owner:AAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("active:not base64!")]
    [InlineData("active")]
    public void Text_that_nobody_here_wrote_names_nobody(string? text) => Assert.Empty(StatusUndo.Read(text));

    [Fact]
    public void Nobody_is_named_twice()
    {
        var id = Guid.CreateVersion7();
        Assert.Equal([(id, "active")], StatusUndo.Read(StatusUndo.Write([(id, "active"), (id, "suspended")])));
    }
}
