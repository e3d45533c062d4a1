using Monolith.Data.Paging;
using Monolith.Data.Specifications;
using Monolith.Sample.Notes;

namespace Monolith.Sample.Tests.Notes;

/// <summary>The list over rows in memory. What cannot be written as SQL is refused there too.</summary>
public sealed class ListNotesTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 1, 9, 0, 0, TimeSpan.Zero);

    private readonly NoteRow[] _rows = [Row("first", 1), Row("second", 2), Row("third", 3)];

    [Theory]
    [InlineData("2", null, "third second")]
    [InlineData("2", "2", "first")]
    [InlineData("0", null, "third second first")]
    public async Task The_newest_come_first(string limit, string? offset, string expected) => Assert.Equal(expected, await ListAsync(PageRequest.Parse(limit, offset, null)));

    [Fact]
    public async Task A_page_begins_after_the_last_note_of_the_one_before() =>
        Assert.Equal("first", await ListAsync(PageRequest.Parse("2", null, _rows[1].Id.ToString())));

    [Fact]
    public void The_statement_is_a_range_in_order_with_the_key_last()
    {
        var (sql, _) = SqlSpecification.Select(new NewestNotes(new PageWindow(25, 0, Guid.CreateVersion7())), NoteMap.Table);
        Assert.Contains("order by n.created_at desc, n.id desc", sql, StringComparison.Ordinal);
        Assert.Contains("sample.notes c where c.id = @cursor", sql, StringComparison.Ordinal);
    }

    private async Task<string> ListAsync(PageRequest page)
    {
        var result = await new ListNotesHandler(new InMemoryReadStore<NoteRow>(NoteMap.Table, _rows)).Handle(new ListNotesQuery(page), CancellationToken.None);
        var list = await result.Value.ToPageAsync(CancellationToken.None);
        Assert.Equal(3, page.Window.AfterId is null ? list.Count : 3);
        return string.Join(' ', list.Rows.Select(note => note.Title));
    }

    private static NoteRow Row(string title, int hour) => new() { Id = Guid.CreateVersion7(), Title = title, CreatedBy = Guid.Empty, CreatedAt = Now.AddHours(hour) };
}
