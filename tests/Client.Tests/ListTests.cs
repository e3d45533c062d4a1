using System.Net;

namespace Monolith.Client.Tests;

/// <summary>Lists go from page to page, as far as somebody asks.</summary>
public sealed class ListTests : IDisposable
{
    private const string Page = """{"seats":[],"count":0}""";

    private readonly List<IDisposable> _owned = [];

    [Fact]
    public async Task A_list_asks_for_no_count_and_passes_the_query_on()
    {
        var answers = new Answers(Answers.Json(Page));
        await foreach (var _ in Client(answers).EnumerateSeatsAsync(new ListQuery { Search = "status:active a&b", OrderBy = "last_used", Descending = true, PageSize = 7 }))
            Assert.Fail("The page is empty.");
        Assert.Equal(["GET /base/api/v2/ai-seats?count=false&limit=7&q=status%3Aactive%20a%26b&sort=last_used&dir=desc"], answers.Asked);
    }

    [Theory]
    [InlineData("</base/api/v2/ai-seats?offset=2>; rel=\"next\"")]
    [InlineData("</base/x>; rel=\"prev\", </base/api/v2/ai-seats?offset=2>; rel=\"next\"")]
    public async Task The_next_page_is_where_the_link_says(string link)
    {
        var answers = new Answers(Answers.Json(Page, link), Answers.Json(Page));
        await foreach (var _ in Client(answers).EnumerateSeatsAsync())
            Assert.Fail("The pages are empty.");
        Assert.Equal(["GET /base/api/v2/ai-seats?count=false&limit=100", "GET /base/api/v2/ai-seats?offset=2"], answers.Asked);
    }

    [Fact]
    public async Task A_link_to_another_host_does_not_get_the_token()
    {
        var answers = new Answers(Answers.Json(Page, "<http://elsewhere.test/api/v2/ai-seats>; rel=\"next\""));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Client(answers).EnumerateSeatsAsync().GetAsyncEnumerator().MoveNextAsync());
        Assert.Single(answers.Asked);
    }

    [Fact]
    public async Task A_page_that_is_refused_is_one_exception()
    {
        var refused = await Assert.ThrowsAsync<MonolithException>(async () => await Client(new Answers(Answers.Busy(HttpStatusCode.Forbidden))).EnumerateUsersAsync().GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal((403, "Wait."), (refused.StatusCode, refused.Message));
    }

    [Fact]
    public async Task A_page_of_a_proxy_is_an_exception_without_a_reason()
    {
        var answer = new HttpResponseMessage(HttpStatusCode.BadGateway) { Content = new StringContent("<html>Bad gateway</html>") };
        var refused = await Assert.ThrowsAsync<MonolithException>(() => Client(new Answers(answer)).GetUserAsync("me"));
        Assert.Equal((502, null, 0), (refused.StatusCode, refused.Detail, refused.Validations.Count));
    }

    public void Dispose() => _owned.ForEach(one => one.Dispose());

    private MonolithClient Client(Answers answers)
    {
        var http = new HttpClient(answers) { BaseAddress = new Uri("http://monolith.test/base/") };
        var client = new MonolithClient(http);
        _owned.AddRange([client, http]);
        return client;
    }
}
