using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using System.Text.Unicode;

namespace Monolith.Members.Imports;

/// <summary>Reads a JSON object a line.</summary>
internal sealed class JsonRows(PipeReader source) : IImportRows
{
    private long _sinceRow;
    private int _number;
    private bool _ended;

    public async Task<Result<IReadOnlyList<ImportRow>>> NextAsync(int most, CancellationToken cancellationToken)
    {
        var batch = new List<ImportRow>();
        while (!_ended && !ImportLimits.IsFull(batch, most))
        {
            var read = await source.ReadAsync(cancellationToken);
            var rest = read.Buffer;
            while (!ImportLimits.IsFull(batch, most) && Take(ref rest, read.IsCompleted) is { } line)
            {
                // Also one that arrived whole: how the bytes come in decides nothing.
                if (line.Length > ImportLimits.LongestRow)
                    return ImportLimits.Idle;
                _sinceRow += line.Length + 1;
                if (IsBlank(line))
                    continue;
                _sinceRow = 0;
                batch.Add(Read(++_number, line));
            }

            _ended = read.IsCompleted && rest.IsEmpty;
            var length = rest.Length;
            source.AdvanceTo(rest.Start, ImportLimits.IsFull(batch, most) ? rest.Start : rest.End);
            if (_sinceRow > ImportLimits.LongestRow || (!ImportLimits.IsFull(batch, most) && length > ImportLimits.LongestRow))
                return ImportLimits.Idle;
        }

        return batch;
    }

    /// <summary>The next line, without its end; null when more must come first.</summary>
    private static ReadOnlySequence<byte>? Take(ref ReadOnlySequence<byte> rest, bool completed)
    {
        if (rest.IsEmpty)
            return null;
        var end = rest.PositionOf((byte)'\n');
        if (end is null && !completed)
            return null;
        var line = end is { } position ? rest.Slice(0, position) : rest;
        rest = end is { } at ? rest.Slice(rest.GetPosition(1, at)) : rest.Slice(rest.End);
        return line;
    }

    private static bool IsBlank(ReadOnlySequence<byte> line)
    {
        foreach (var part in line)
            if (part.Span.ContainsAnyExcept(" \t\r"u8))
                return false;
        return true;
    }

    private static ImportRow Read(int number, ReadOnlySequence<byte> line)
    {
        var bytes = line.IsSingleSegment ? line.FirstSpan : line.ToArray();
        try
        {
            if (Utf8.IsValid(bytes) && JsonSerializer.Deserialize<ImportAccount>(bytes, WireJson.Options) is { } said)
                return said.ToRow(number);
        }
        catch (JsonException)
        {
            // Answered like text that is no JSON at all.
        }

        return ImportAccount.Unreadable(number);
    }
}
