using Monolith.Web.Dashboard;

namespace Monolith.BuildingBlocks.Tests.Dashboard;

/// <summary>Addresses of pages: what may be returned to, and the state of a list.</summary>
public sealed class AddressTests
{
    [Theory]
    [InlineData("/users")]
    [InlineData("/users?filter=status:active&page=2")]
    [InlineData("/organizations/main/members")]
    public void Paths_of_this_site_may_be_returned_to(string path) => Assert.Equal(path, LocalPath.Or(path, "/"));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("users")]
    [InlineData("https://example.org/")]
    [InlineData("//example.org/")]
    [InlineData("/\\example.org/")]
    [InlineData("/\t/example.org/")]
    [InlineData("/a\\b")]
    [InlineData("javascript:alert(1)")]
    [InlineData("/api/v2/users/logout")]
    public void Everything_else_may_not(string? path) => Assert.Equal("/fallback", LocalPath.Or(path, "/fallback"));

    [Fact]
    public void A_list_reads_its_state_and_writes_it_without_defaults()
    {
        var query = ListState.Read(" status:active ", "3", "last_seen", "desc", "50", "username", "last_seen");
        Assert.Equal(new ListState("status:active", 3, "last_seen", true, 50), query);
        Assert.Equal(100, query.Offset);
        Assert.Equal("/users?filter=status%3Aactive&sort=last_seen&dir=desc&page=3&size=50", query.Url("/users"));
        Assert.Equal("/users?sort=last_seen&dir=desc&size=50", query.UrlWithFilter("/users", null));
        Assert.Equal("/users", ListState.Read(null, null, null, null, null).Url("/users"));
    }

    [Theory]
    [InlineData("0", "7")]
    [InlineData("-1", "-25")]
    [InlineData("99999999999", "1000")]
    [InlineData("x", "x")]
    public void What_cannot_be_read_counts_as_absent(string page, string size) =>
        Assert.Equal(new ListState(null, 1, null, false, 25), ListState.Read("  ", page, "password_hash", "sideways", size, "username"));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(25, 1)]
    [InlineData(26, 2)]
    public void Rows_make_pages(long rows, int pages) => Assert.Equal(pages, ListState.Read(null, null, null, null, null).PagesOf(rows));
}
