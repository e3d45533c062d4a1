using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Monolith.Data.Paging;
using Monolith.Kernel.Results;
using Monolith.Web.Http;

namespace Monolith.BuildingBlocks.Tests.Http;

/// <summary>A list that is written while it is read: how it ends, what its activity says about it, and what it takes and gives back.</summary>
public sealed class StreamResultTests : IDisposable
{
    private readonly List<Activity> _activities = [];
    private readonly ActivityListener _listener;
    private readonly FakeTimeProvider _clock = new();
    private readonly Gate _gate = new();
    private readonly CancellationTokenSource _aborted = new();
    private readonly MemoryStream _body = new();

    public StreamResultTests()
    {
        _listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == StreamActivity.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.DisplayName == "Stream Item")
                    _activities.Add(activity);
            },
        };
        ActivitySource.AddActivityListener(_listener);
    }

    private string Body => Encoding.UTF8.GetString(_body.ToArray());

    public void Dispose()
    {
        _listener.Dispose();
        _aborted.Dispose();
        _body.Dispose();
    }

    [Fact]
    public async Task A_stream_that_ends_has_an_activity_with_its_rows_and_batches()
    {
        await WriteAsync(Batches(2, 1));
        Assert.Equal("[{\"number\":0},{\"number\":1},{\"number\":2}]\n", Body);
        AssertActivity("Ok", 3, 2, ActivityStatusCode.Unset);
        Assert.Equal((1, 1), (_gate.Entered, _gate.Left));
        // Two batches, and the look whether there is a third one.
        Assert.Equal((3, 3), (_gate.Turns, _gate.TurnsBack));
    }

    [Fact]
    public async Task An_empty_stream_is_an_empty_array()
    {
        await WriteAsync(Batches());
        Assert.Equal("[]\n", Body);
        AssertActivity("Ok", 0, 0, ActivityStatusCode.Unset);
    }

    [Fact]
    public async Task A_failure_in_the_middle_is_recorded_and_breaks_the_connection()
    {
        var context = await WriteAsync(Batches(2).Concat(Fails("the disk is full")));
        Assert.True(context.RequestAborted.IsCancellationRequested);
        Assert.DoesNotContain("]", Body, StringComparison.Ordinal);
        var activity = AssertActivity("Failed", 2, 1, ActivityStatusCode.Error);
        Assert.Contains(Assert.Single(activity.Events).Tags, tag => tag is { Key: "exception.message", Value: "the disk is full" });
        Assert.Equal((1, 1), (_gate.Entered, _gate.Left));
        Assert.Equal(_gate.Turns, _gate.TurnsBack);
    }

    [Fact]
    public async Task A_failure_before_the_first_byte_is_an_ordinary_error()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => WriteAsync(Fails("no database")));
        Assert.Empty(Body);
        AssertActivity("Failed", 0, 0, ActivityStatusCode.Error);
        Assert.Equal(_gate.Entered, _gate.Left);
    }

    [Fact]
    public async Task A_client_that_leaves_is_no_failure()
    {
        await WriteAsync(Batches(2).Concat(Leaves()));
        AssertActivity("ClientLeft", 2, 1, ActivityStatusCode.Unset);
        Assert.Equal(_gate.Entered, _gate.Left);
    }

    [Fact]
    public async Task A_session_that_ends_breaks_the_stream_off()
    {
        _gate.Renews = false;
        await WriteAsync(Late().Concat(Batches(1)));
        AssertActivity("Revoked", 2, 1, ActivityStatusCode.Error);
        Assert.Equal(1, _gate.Renewed);
    }

    [Fact]
    public async Task Without_a_place_nothing_is_read()
    {
        _gate.IsFull = true;
        var context = await WriteAsync(Fails("must not be read"));
        Assert.Equal(429, context.Response.StatusCode);
        Assert.Empty(_activities);
    }

    [Fact]
    public async Task A_page_is_no_stream()
    {
        ListResult<Item> page = new Page<Item>([new(7)], 9);
        var result = await Task.FromResult<Result<ListResult<Item>>>(page).AsPage("items", ListFormat.Of(null), new CsvTable<Item>("items.csv", []));
        await ExecuteAsync(result);
        Assert.Equal("{\"items\":[{\"number\":7}],\"count\":9}\n", Body);
        Assert.Empty(_activities);
        Assert.Equal(0, _gate.Entered + _gate.Turns);
    }

    [Theory]
    [InlineData("?limit=2&offset=4&q=a%26b", null, "</api/v2/items?limit=2&q=a%26b&offset=6>; rel=\"next\"")]
    [InlineData("?LIMIT=2&OFFSET=4", null, "</api/v2/items?LIMIT=2&offset=6>; rel=\"next\"")]
    [InlineData("?limit=2&offset=4&q=a", "00000000-0000-0000-0000-000000000007", "</api/v2/items?limit=2&q=a&after_id=00000000-0000-0000-0000-000000000007>; rel=\"next\"")]
    [InlineData("?limit=2&after_id=00000000-0000-0000-0000-000000000001&count=false", "00000000-0000-0000-0000-000000000007", "</api/v2/items?limit=2&count=false&after_id=00000000-0000-0000-0000-000000000007>; rel=\"next\"")]
    public async Task A_page_links_to_the_next_one_and_leaves_a_count_out_that_nobody_knows(string query, string? after, string link)
    {
        ListResult<Item> page = new Page<Item>([new(7)], null, new NextPage(after is null ? null : Guid.Parse(after)));
        var context = await ExecuteAsync(await Task.FromResult<Result<ListResult<Item>>>(page).AsPage("items"), query);
        Assert.Equal("{\"items\":[{\"number\":7}]}\n", Body);
        Assert.Equal(link, context.Response.Headers["Link"]);
    }

    private async Task<HttpContext> WriteAsync(IAsyncEnumerable<Page<Item>> batches) =>
        await ExecuteAsync(await Task.FromResult<Result<RowStream<Item>>>(new RowStream<Item>(batches)).AsArray());

    private async Task<HttpContext> ExecuteAsync(IResult result, string query = "")
    {
        var context = new DefaultHttpContext { RequestAborted = _aborted.Token };
        (context.Request.Path, context.Request.QueryString) = ("/api/v2/items", new QueryString(query));
        context.Features.Set<IHttpRequestLifetimeFeature>(new Lifetime(_aborted));
        context.Features.Set<IHttpResponseFeature>(new Started(_body));
        context.Features.Set<IHttpResponseBodyFeature>(new StreamResponseBodyFeature(_body));
        context.RequestServices = new ServiceCollection().AddLogging().AddSingleton<IStreamGate>(_gate).AddSingleton<TimeProvider>(_clock).BuildServiceProvider();
        await result.ExecuteAsync(context);
        return context;
    }

    private Activity AssertActivity(string outcome, long rows, int batches, ActivityStatusCode status)
    {
        var activity = Assert.Single(_activities);
        Assert.Equal((outcome, rows, batches, status), (activity.GetTagItem("outcome"), activity.GetTagItem("rows"), activity.GetTagItem("batches"), activity.Status));
        return activity;
    }

    private static IAsyncEnumerable<Page<Item>> Batches(params int[] sizes) =>
        sizes.Select((size, i) => new Page<Item>([.. Enumerable.Range(sizes.Take(i).Sum(), size).Select(number => new Item(number))], sizes.Sum())).ToAsyncEnumerable();

    private static async IAsyncEnumerable<Page<Item>> Fails(string message)
    {
        await Task.CompletedTask;
        yield return message.Length > 0 ? throw new InvalidOperationException(message) : Page<Item>.Empty;
    }

    private async IAsyncEnumerable<Page<Item>> Leaves([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await _aborted.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
        yield return Page<Item>.Empty;
    }

    // A batch that takes its reader two seconds.
    private async IAsyncEnumerable<Page<Item>> Late()
    {
        await Task.CompletedTask;
        _clock.Advance(TimeSpan.FromSeconds(2));
        yield return new Page<Item>([new(0), new(1)], 2);
    }

    private sealed record Item(int Number);

    private sealed class Started(MemoryStream body) : HttpResponseFeature
    {
        public override bool HasStarted => body.Length > 0;
    }

    private sealed class Lifetime(CancellationTokenSource source) : IHttpRequestLifetimeFeature
    {
        public CancellationToken RequestAborted { get; set; } = source.Token;

        public void Abort() => source.Cancel();
    }

    private sealed class Gate : IStreamGate
    {
        public bool IsFull { get; set; }

        public bool Renews { get; set; } = true;

        public int Entered { get; private set; }

        public int Left { get; private set; }

        public int Turns { get; private set; }

        public int TurnsBack { get; private set; }

        public int Renewed { get; private set; }

        public IDisposable? TryEnter()
        {
            if (IsFull)
                return null;
            Entered++;
            return new Back(() => Left++);
        }

        public ValueTask<IDisposable> TurnAsync(CancellationToken cancellationToken)
        {
            Turns++;
            return ValueTask.FromResult<IDisposable>(new Back(() => TurnsBack++));
        }

        public ValueTask<bool> RenewAsync(CancellationToken cancellationToken)
        {
            Renewed++;
            return ValueTask.FromResult(Renews);
        }
    }

    private sealed class Back(Action back) : IDisposable
    {
        public void Dispose() => back();
    }
}
