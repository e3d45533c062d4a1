using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;

namespace Monolith.Entitlements.AiUsage;

/// <summary>Reads lines of JSON in batches, and never holds more than one batch.</summary>
internal sealed class UsageLines(PipeReader source)
{
    public const int LongestLine = 64 * 1024;

    private const int LargestBatch = 1 << 20;
    private const int MostWithoutEvent = 1 << 20;

    private static readonly Error Idle = Error.BadRequest("The stream holds no event.", "1 MiB came without one.");

    private long _sinceEvent;
    private bool _ended;
    private bool _skipping;

    /// <summary>The number of lines before the next batch, blank ones not among them.</summary>
    public int Read { get; private set; }

    /// <summary>
    /// Up to 1000 lines or about 1 MiB; less only at the end, and nothing after it. A line that is no JSON, or too long, becomes an undefined element.
    /// Blank lines without end are an error.
    /// </summary>
    public async Task<Result<IReadOnlyList<JsonElement>>> NextAsync(int most, CancellationToken cancellationToken)
    {
        var batch = new List<JsonElement>();
        var size = 0L;
        while (!_ended && batch.Count < most && size < LargestBatch)
        {
            var read = await source.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (batch.Count < most && size < LargestBatch && Take(ref rest, read.IsCompleted) is { } line)
            {
                size += line.Length;
                _sinceEvent += line.Length + 1;
                if (IsBlank(line))
                    continue;
                _sinceEvent = 0;
                batch.Add(Parse(line));
            }

            _ended = read.IsCompleted && rest.IsEmpty;
            var full = batch.Count == most || size >= LargestBatch;
            source.AdvanceTo(rest.Start, full ? rest.Start : rest.End);
            if (_sinceEvent > MostWithoutEvent)
                return Idle;
        }

        Read += batch.Count;
        return batch;
    }

    /// <summary>The next line, without its end; null when more must come first.</summary>
    private ReadOnlySequence<byte>? Take(ref ReadOnlySequence<byte> rest, bool completed)
    {
        while (!rest.IsEmpty)
        {
            var end = rest.PositionOf((byte)'\n');
            if (end is null && !completed && rest.Length <= LongestLine)
                return null;
            var line = end is { } position ? rest.Slice(0, position) : rest;
            rest = end is { } at ? rest.Slice(rest.GetPosition(1, at)) : rest.Slice(rest.End);

            // The rest of a line that was given up already.
            var wasSkipping = _skipping;
            _skipping = end is null && !completed;
            if (!wasSkipping)
                return line;
            _sinceEvent += line.Length;
        }

        return null;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        return true;
    }

    private static JsonElement Parse(ReadOnlySequence<byte> line)
    {
        if (line.Length > LongestLine)
            return default;
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        if (!Utf8.IsValid(bytes))
            return default;
        try
        {
            var reader = new Utf8JsonReader(bytes);
            var element = JsonElement.ParseValue(ref reader);
            return reader.Read() ? default : element;
        }
        catch (JsonException)
        {
            return default;
        }
    }
}
