using System.IO.Pipelines;
using System.Text;
using Monolith.Members.Imports;

namespace Monolith.Members.Tests.Imports;

/// <summary>How files of accounts are read: a batch at a time.</summary>
public sealed class ImportFileTests
{
    [Theory]
    [InlineData("ann.b+x@example.com", null, "ann-b-x")]
    [InlineData("A__B@example.com", null, "A-B")]
    [InlineData("abcdefghijabcdefghijabcdefghija.b@example.com", null, "abcdefghijabcdefghijabcdefghija")]
    [InlineData("ann@example.com", "other", "other")]
    [InlineData("@example.com", null, "")]
    public void A_name_is_made_of_the_address_where_it_is_left_out(string email, string? username, string expected) =>
        Assert.Equal(expected, new ImportRow(1, email, username, null, null, null, null, [], [], false).ToAccount(false, []).Username);

    [Fact]
    public void Whoever_has_no_password_sets_one_later_where_people_have_passwords()
    {
        var row = new ImportRow(1, "ann@example.com", null, null, null, null, null, [], [], false);
        Assert.Equal("password", row.ToAccount(false, []).EffectiveLoginType);
        Assert.Equal("none", row.ToAccount(true, []).EffectiveLoginType);
        Assert.Equal("github", (row with { LoginType = "github" }).ToAccount(false, []).EffectiveLoginType);
        Assert.Equal("none", (row with { Email = null, Username = "bot", ServiceAccount = true }).ToAccount(false, []).EffectiveLoginType);
    }

    [Fact]
    public async Task Csv_has_quotes_other_separators_a_mark_and_columns_that_are_passed_over()
    {
        var rows = await CsvAsync("\uFEFFid;Email;NAME;roles;organizations;is_service_account;has_ai_seat\n1; a@x.com ;\"A; \"\"B\"\"\";one two,three;main;t;true\n\n2;b@x.com;;;;;\n");
        Assert.Equal(2, rows.Count);
        Assert.Equal(("a@x.com", "A; \"B\"", "one|two|three", "main", true), (rows[0].Email, rows[0].Name, string.Join('|', rows[0].Roles), string.Join('|', rows[0].Organizations), rows[0].ServiceAccount));
        Assert.Equal((2, "b@x.com", null, 0, false), (rows[1].Number, rows[1].Email, rows[1].Name, rows[1].Roles.Count, rows[1].ServiceAccount));
        Assert.Equal("service_account", Assert.Single(await CsvAsync("email,service_account\nx@x.com,maybe\n")).Fault!.Field);
    }

    [Fact]
    public async Task A_batch_ends_early_where_passwords_must_be_hashed()
    {
        var file = "email,password\n" + string.Concat(Enumerable.Range(0, 25).Select(n => $"p{n}@x.com,Correct-Horse-9-Battery\n"));
        await using var rows = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(file)));
        var sizes = new List<int>();
        while ((await rows.NextAsync(500, CancellationToken.None)).Value is { Count: > 0 } batch)
            sizes.Add(batch.Count);
        Assert.Equal([10, 10, 5], sizes);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    public async Task Lines_of_json_come_in_pieces_of_any_size(int most)
    {
        var pipe = new Pipe();
        var rows = new JsonRows(pipe.Reader);
        var writing = Task.Run(async () =>
        {
            foreach (var part in "{\"email\":\"a@x.com\",\"roles\":[\"r\"]}\r\n \n{\"email\"|:\"b@x.com\"}\nno json\n{\"email\":\"c@x.com\"}".Split('|'))
                await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(part));
            await pipe.Writer.CompleteAsync();
        });
        var read = new List<ImportRow>();
        while ((await rows.NextAsync(most, CancellationToken.None)).Value is { Count: > 0 } batch)
            read.AddRange(batch);
        await writing;
        Assert.Equal(["a@x.com", "b@x.com", null, "c@x.com"], read.Select(row => row.Email));
        Assert.Equal([1, 2, 3, 4], read.Select(row => row.Number));
        Assert.NotNull(read[2].Fault);
    }

    private static async Task<IReadOnlyList<ImportRow>> CsvAsync(string text)
    {
        await using var rows = new CsvRows(new MemoryStream(Encoding.UTF8.GetBytes(text)));
        return (await rows.NextAsync(500, CancellationToken.None)).Value;
    }
}
