using System.IO.Pipelines;
using System.Text;
using Monolith.Entitlements.AiUsage;

namespace Monolith.Entitlements.Tests;

/// <summary>Contract 7.2: a stream without events ends. What is counted is what came since the last event.</summary>
public sealed class UsageLinesTests
{
    [Theory]
    [InlineData("\n")]
    [InlineData(" \r\n")]
    [InlineData("x")]
    public async Task A_mebibyte_without_an_event_is_an_error(string filler)
    {
        var text = filler == "x" ? "{}\n" + new string('x', 1_300_000) : string.Concat(Enumerable.Repeat(filler, (1 << 20) + 1));
        var pipe = new Pipe();
        var feeding = FeedAsync(pipe.Writer, text);
        var batch = await new UsageLines(pipe.Reader).NextAsync(1000, CancellationToken.None);
        Assert.NotNull(batch.Error);
        await pipe.Reader.CompleteAsync();
        await feeding;
    }

    [Fact]
    public async Task Blank_lines_between_events_are_passed_over()
    {
        var blank = new string('\n', 700_000);
        var pipe = new Pipe();
        var feeding = FeedAsync(pipe.Writer, $"{blank}{{}}\n{blank}{{}}\n{blank}");
        var batch = await new UsageLines(pipe.Reader).NextAsync(1000, CancellationToken.None);
        Assert.Equal(2, batch.Value.Count);
        await pipe.Reader.CompleteAsync();
        await feeding;
    }

    private static async Task FeedAsync(PipeWriter writer, string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        for (var at = 0; at < bytes.Length; at += 1 << 14)
        {
            if ((await writer.WriteAsync(bytes.AsMemory(at, Math.Min(1 << 14, bytes.Length - at)))).IsCompleted)
                return;
        }

        await writer.CompleteAsync();
    }
}
